import { Migration } from '@mikro-orm/migrations';

/** Quotes and reactions wait for their message where its edits do. */
export class Migration20261130000004_early_replies extends Migration {
  override up(): void {
    this.addSql(`
      alter table message_change drop constraint message_change_kind_check,
        add constraint message_change_kind_check check (kind in ('EDIT', 'REVOKE', 'REPLY'))`);
  }
}
