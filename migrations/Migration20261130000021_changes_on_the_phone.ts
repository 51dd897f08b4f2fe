import { Migration } from '@mikro-orm/migrations';

/** Edits and revocations that one of us made in the app on the number's phone: they are about what was written there. */
export class Migration20261130000021_changes_on_the_phone extends Migration {
  override up(): void {
    this.addSql('alter table message_change add column is_echo boolean not null default false');
  }
}
