import { createSecretKey, randomBytes } from 'node:crypto';
import { storeFile } from '../messaging/media/store-file.ts';
import type { Services } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import type { Query } from '../platform/query.ts';
import { place, seal } from '../platform/sealed.ts';
import { tenantQuery } from '../platform/tenant-query.ts';
import { demoPicture } from './demo-picture.ts';

type Parts = Pick<Services, 'database' | 'keys' | 'media'>;

interface Message {
  id: string;
  contact_id: string;
  number_id: string;
  key_id: string;
  sent_at: Date;
}

/** Of these conversations, newest first, the customer's last message came with a photograph. */
const WITH_PICTURE = [1, 4, 7];

const PICK = `
  select m.id, v.contact_id, v.number_id, c.key_id, m.sent_at from (
    select *, row_number() over (order by last_activity_at desc, id) as place from conversation
  ) v
  join contact c on c.id = v.contact_id
  cross join lateral (
    select id, sent_at from message where conversation_id = v.id and direction = 'INBOUND' order by sent_at desc limit 1
  ) m
  where v.place = any($1::int[]) order by v.place`;

const ENTER = `
  insert into media (id, contact_id, kind, origin, status, mime_type, size, file_key, store_key, thumbnail_size, width, height, number_id, created_at, stored_at)
  values ($1, $2, 'IMAGE', 'RECEIVED', 'STORED', $3, $4, $5, $1, $6, $7, $8, $9, $10, $10)`;

/** Puts photographs to a few of a demo company's messages, which become their captions. */
export async function seedFiles(parts: Parts, tenantId: string): Promise<void> {
  await tenantQuery(parts.database.app, tenantId, async (query) => {
    const messages = await query<Message>(PICK, [WITH_PICTURE]);
    await parts.keys.loadContactKeys(
      query,
      tenantId,
      messages.map((message) => message.key_id),
    );
    for (const [index, message] of messages.entries()) await enterPicture(parts, query, tenantId, message, index);
  });
}

async function enterPicture(
  { keys, media }: Parts,
  query: Query,
  tenantId: string,
  message: Message,
  index: number,
): Promise<void> {
  const key = keys.contactKey(tenantId, message.key_id);
  if (!key) return;
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
  const fileKey = seal(key, place(tenantId, 'media', 'file_key', id), secret);
  const { mimeType, size, thumbnailSize, width, height } = stored;
  const { contact_id, number_id, sent_at } = message;
  await query(ENTER, [id, contact_id, mimeType, size, fileKey, thumbnailSize, width, height, number_id, sent_at]);
  await query(`update message set kind = 'IMAGE', media_id = $2 where id = $1`, [message.id, id]);
}
