import { Migration } from '@mikro-orm/migrations';

/** What Meta said before a number was set to send again pauses it no more. */
export class Migration20261130000031_resumed_numbers extends Migration {
  override up(): void {
    this.addSql('alter table whatsapp_number add column resumed_at timestamptz');
  }
}
