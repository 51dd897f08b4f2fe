import { Migration } from '@mikro-orm/migrations';

/** Meta may look at the quality of a template before it delivers a message that it has accepted. */
export class Migration20261130000010_held_by_meta extends Migration {
  override up(): void {
    this.addSql('alter table message add column is_assessed boolean not null default false');
  }
}
