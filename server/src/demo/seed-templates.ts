import { createSecretKey, randomBytes } from 'node:crypto';
import { storeFile } from '../messaging/media/store-file.ts';
import type { Services } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import type { Query } from '../platform/query.ts';
import { place, seal } from '../platform/sealed.ts';
import { tenantQuery } from '../platform/tenant-query.ts';
import { cardsOf } from '../whatsapp/template-components.ts';
import type { DemoCompany } from './demo-company.ts';
import { demoPicture } from './demo-picture.ts';

type Parts = Pick<Services, 'database' | 'keys' | 'media'>;

/** Of the company's own: one for each card, the last for headers. */
const PICTURES = [0, 1, 2];

// Meta's ids are digits: these are the account's with the template's place behind them.
const ENTER = `
  insert into template (id, account_id, meta_id, name, language, category, status, quality, rejected_reason, status_note, components, header_media_id, card_media_ids,
    status_at)
  select $1::uuid, a.id, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11::uuid, $12::uuid[], date_trunc('second', cube_now())
  from whatsapp_account a where a.waba_id = $13`;

/** Gives a demo company its templates, as if they had been read from Meta just now. */
export async function seedTemplates(parts: Parts, tenantId: string, { number, templates }: DemoCompany): Promise<void> {
  await tenantQuery(parts.database.app, tenantId, async (query) => {
    const pictures: string[] = [];
    for (const index of PICTURES) pictures.push(await enterPicture(parts, query, tenantId, index));
    for (const [index, template] of templates.entries()) {
      const { name, language, category, status = 'APPROVED', quality = 'UNKNOWN', rejectedReason, note, components } = template;
      const hasPicture = components.some((component) => component.type === 'HEADER' && component.format === 'IMAGE');
      const metaId = `${number.wabaId}${index + 1}`;
      const cards = cardsOf(components).map((_card, at) => pictures[at % pictures.length]);
      const files = [hasPicture ? pictures.at(-1) : null, cards.length ? cards : null];
      const words = [rejectedReason ?? null, note ?? null, JSON.stringify(components), ...files];
      await query(ENTER, [newId(), metaId, name, language, category, status, quality, ...words, number.wabaId]);
    }
    await query('update whatsapp_account set templates_synced_at = cube_now() where waba_id = $1', [number.wabaId]);
  });
}

/** A picture of the company's own, for headers and cards. */
async function enterPicture({ keys, media }: Parts, query: Query, tenantId: string, index: number): Promise<string> {
  await keys.loadTenants(query, [tenantId]);
  const [id, secret, picture] = [newId(), randomBytes(32), await demoPicture(index)];
  const stored = await storeFile(media, {
    tenantId,
    storeKey: id,
    key: createSecretKey(secret),
    bytes: (async function* () {
      yield picture;
    })(),
    typeOf: async () => 'image/jpeg',
    mayBePicture: true,
  });
  const fileKey = seal(keys.tenant(tenantId), place(tenantId, 'media', 'file_key', id), secret);
  const { mimeType, size, thumbnailSize, width, height } = stored;
  await query(
    `insert into media (id, kind, origin, status, mime_type, size, file_key, store_key, thumbnail_size, width, height, stored_at)
     values ($1, 'IMAGE', 'UPLOADED', 'STORED', $2, $3, $4, $1, $5, $6, $7, cube_now())`,
    [id, mimeType, size, fileKey, thumbnailSize, width, height],
  );
  return id;
}

/** What the simulator shall have in Meta's place: all that Meta had when the demo was last used. */
export async function simulatedTemplates(query: Query): Promise<object[]> {
  const rows = await query<Record<string, unknown>>(
    `select a.waba_id as "wabaId", t.meta_id as id, t.name, t.language, t.category, t.parameter_format, t.components, t.status,
       t.rejected_reason as "rejectedReason", t.ttl_seconds as message_send_ttl_seconds
     from template t join whatsapp_account a on a.id = t.account_id where t.meta_id is not null and t.status <> 'DELETED' order by t.id`,
  );
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
}
