import { Migration } from '@mikro-orm/migrations';

/** When WhatsApp last said that it cannot deliver to an address. */
export class Migration20261130000003_addresses_that_fail extends Migration {
  override up(): void {
    this.addSql('alter table contact_identity add column undeliverable_at timestamptz(3)');
  }
}
