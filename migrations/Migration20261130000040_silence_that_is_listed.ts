import { Migration } from '@mikro-orm/migrations';

/** Messages that WhatsApp gave up without a word are listed with those that failed; an index finds them when their time is over. */
export class Migration20261130000040_silence_that_is_listed extends Migration {
  override up(): void {
    this.addSql(`
      alter table attention drop constraint attention_kind_check,
        add constraint attention_kind_check check (kind in ('FAILED', 'UNCONFIRMED', 'EXPIRED', 'HELD', 'SCHEDULED'));
      create index message_ends on message (tenant_id, (sent_at at time zone 'UTC' + make_interval(secs => coalesce(ttl_seconds, 2592000))))
        where direction = 'OUTBOUND'`);
  }
}
