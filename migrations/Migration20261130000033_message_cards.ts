import { Migration } from '@mikro-orm/migrations';

/** The files of a carousel that was sent, in the order of its cards. Carousels are few: an index over them alone costs the other messages nothing. */
export class Migration20261130000033_message_cards extends Migration {
  override up(): void {
    this.addSql('alter table message add column card_media_ids uuid[]');
    this.addSql(
      'create index message_card_media on message (tenant_id) include (card_media_ids) where card_media_ids is not null',
    );
  }
}
