import type { WireMedia } from '../src/whatsapp/wire.ts';
import type { Media } from './media.ts';
import { isAnimated, kindOf } from './media-types.ts';
import type { Person } from './people.ts';
import { sampleOf } from './samples.ts';
import { isFields } from './shapes.ts';
import type { World } from './world.ts';
import type { CustomerFile, CustomerMessage } from './write-message.ts';

/** The content of a customer's message as on the wire, and what the chat shows of it. */
export interface WrittenContent {
  type: string;
  content: unknown;
  text: string;
  mediaId?: string;
}

const CAPTIONED = new Set(['image', 'video', 'document']);
const MEDIA = new Set(['image', 'video', 'document', 'audio', 'sticker']);

export function contentOf(world: World, person: Person, { type, content, text = '', media }: CustomerMessage): WrittenContent {
  if (media) return contentOfFile(world, person, media, { type, text });
  if (type === undefined || type === 'text') return { type: 'text', content: content ?? { body: text }, text };
  if (content === undefined) throw new RangeError(`A message of type ${type} needs content or media`);
  const mediaId = MEDIA.has(type) && isFields(content) && typeof content.id === 'string' ? content.id : undefined;
  return { type, content, text: text || summary(type, content), ...(mediaId && { mediaId }) };
}

function contentOfFile(
  world: World,
  person: Person,
  file: CustomerFile,
  { type, text }: { type: string | undefined; text: string },
): WrittenContent {
  const media = keepFile(world, person, file);
  const kind = type ?? kindOf(media.mimeType);
  const content: WireMedia = {
    id: media.id,
    mime_type: media.mimeType,
    sha256: media.sha256,
    ...(world.settings.mediaUrls && { url: world.url + world.media.link(media.id, world.now()) }),
    ...(kind === 'audio' && { voice: media.mimeType.startsWith('audio/ogg') }),
    ...(kind === 'sticker' && { animated: isAnimated(media.bytes) }),
    ...(kind === 'document' && { filename: media.fileName ?? 'file' }),
    ...(CAPTIONED.has(kind) && text && { caption: text }),
  };
  return { type: kind, content, text: CAPTIONED.has(kind) ? text : '', mediaId: media.id };
}

/** Keeps a customer's file for 7 days. */
export function keepFile(world: World, { number }: Person, file: CustomerFile): Media {
  const { phoneNumberId, wabaId } = number;
  const { sample, bytes, mimeType, fileName, kept } = file;
  if (kept) return kept;
  const given = sample && sampleOf(sample);
  const raw = typeof bytes === 'string' ? Buffer.from(bytes, 'base64') : (bytes ?? given?.bytes);
  if (!raw) throw new RangeError('A file needs a sample or bytes');
  const type = mimeType ?? given?.mimeType ?? 'application/octet-stream';
  const name = fileName ?? given?.fileName;
  return world.media.add({ bytes: raw, mimeType: type, fileName: name, wabaId, phoneNumberId, from: 'customer' }, world.now());
}

/** What is read first of a message that is no text. */
function summary(type: string, content: unknown): string {
  if (Array.isArray(content))
    return content.map((card) => String((card as { name?: { formatted_name?: string } }).name?.formatted_name ?? '')).join(', ');
  if (!isFields(content)) return '';
  const inner = type === 'interactive' && typeof content.type === 'string' ? content[content.type] : content;
  if (!isFields(inner)) return '';
  const first = inner.title ?? inner.caption ?? inner.text ?? inner.body ?? inner.name ?? inner.emoji;
  return typeof first === 'string' ? first : '';
}
