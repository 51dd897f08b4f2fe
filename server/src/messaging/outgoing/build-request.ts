import type { Keys } from '../../platform/keys.ts';
import { place } from '../../platform/sealed.ts';
import type { ContentKind, Parts } from '../../whatsapp/content.ts';
import type { MediaToSend, MessageToSend } from '../../whatsapp/message-to-send.ts';
import { opaqueOf } from '../opaque.ts';
import type { QueuedSend } from '../queued-send.ts';

/** All that a request is made of, sealed as it lies in the database. */
export interface SendRow {
  kind: ContentKind;
  body: Buffer | null;
  parts: Buffer | null;
  media_id: string | null;
  /** Meta's id of the file for this number; null without one that is valid. */
  upload_id: string | null;
  mime_type: string | null;
  /** The same of the files of a carousel's cards, in their order. */
  card_files: { upload_id: string | null; mime_type: string | null }[] | null;
  reply_id: string | null;
  reply_wamid: Buffer | null;
  phone_number_id: string;
  access_token: Buffer;
  identity_id: string | null;
  identity_kind: 'PHONE' | 'BSUID' | null;
  identity_value: Buffer | null;
}

/** Opened access tokens by number: a claim has many sends of one number. For the time of one claim, so that a token that was replaced is read anew. */
export type Tokens = Map<string, string>;

/** Makes the request of a message. The keys must be at hand. Throws for what cannot be opened, and for a contact without an address. */
export function buildRequest(
  keys: Keys,
  { tenantId, messageId, numberId, attempt }: QueuedSend,
  row: SendRow,
  tokens: Tokens,
): MessageToSend {
  const open = (table: string, column: string, id: string, sealed: Buffer) =>
    keys.open(tenantId, place(tenantId, table, column, id), sealed);
  if (!row.identity_id || !row.identity_value) throw new Error('A contact without an address.');
  const address = open('contact_identity', 'value', row.identity_id, row.identity_value);
  const text = row.body && open('message', 'body', messageId, row.body);
  const parts = row.parts ? (JSON.parse(open('message', 'parts', messageId, row.parts)) as Parts) : NOTHING;
  const quoted = row.reply_id && row.reply_wamid ? open('message', 'wamid', row.reply_id, row.reply_wamid) : undefined;
  const token = tokens.get(numberId) ?? open('whatsapp_number', 'access_token', numberId, row.access_token);
  tokens.set(numberId, token);
  const isReaction = row.kind === 'REACTION';
  if (isReaction && quoted === undefined) throw new Error('A reaction to a message that WhatsApp does not know.');
  return {
    ...(row.identity_kind === 'PHONE' ? { to: address } : { recipient: address }),
    phoneNumberId: row.phone_number_id,
    token,
    content: { kind: row.kind, text, parts },
    media: row.upload_id === null ? undefined : mediaOf(row.upload_id, row.mime_type, parts),
    cardMedia: row.card_files?.map((file) => ({ id: file.upload_id ?? '', mimeType: file.mime_type ?? undefined })),
    reactionTo: isReaction ? quoted : undefined,
    replyToWamid: isReaction ? undefined : quoted,
    opaque: opaqueOf({ messageId, attempt }),
  };
}

const NOTHING: Parts = Object.freeze({});

function mediaOf(id: string, mimeType: string | null, { file }: Parts): MediaToSend {
  return { id, fileName: file?.name, mimeType: mimeType ?? undefined, isVoice: file?.isVoice };
}
