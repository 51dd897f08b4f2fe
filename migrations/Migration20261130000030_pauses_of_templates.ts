import { Migration } from '@mikro-orm/migrations';

/** Meta names the kind of a pause: one of pacing ends when the business says so, one of quality by itself. */
export class Migration20261130000030_pauses_of_templates extends Migration {
  override up(): void {
    this.addSql('alter table template add column pause_kind text');
  }
}
