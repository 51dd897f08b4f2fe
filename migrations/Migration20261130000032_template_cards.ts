import { Migration } from '@mikro-orm/migrations';

/** The files that the cards of a carousel show to Meta, in their order. */
export class Migration20261130000032_template_cards extends Migration {
  override up(): void {
    this.addSql('alter table template add column card_media_ids uuid[]');
  }
}
