import type { SendRequest } from '../src/whatsapp/wire.ts';
import type { Template } from './templates.ts';

/** A request as the customer sees it. */
export interface Seen {
  text: string;
  /** As on the wire; of a template with its values filled in. */
  content?: unknown;
  mediaId?: string;
  template?: Template;
}

/** For all but templates, which have to be looked up first. */
export function seenFrom(request: Exclude<SendRequest, { type: 'template' }>): Seen {
  switch (request.type) {
    case 'text':
      return { text: request.text.body };
    case 'image':
    case 'video':
    case 'document': {
      const content = request.type === 'image' ? request.image : request.type === 'video' ? request.video : request.document;
      return { text: content.caption ?? '', content, mediaId: content.id };
    }
    case 'audio':
      return { text: '', content: request.audio, mediaId: request.audio.id };
    case 'sticker':
      return { text: '', content: request.sticker, mediaId: request.sticker.id };
    case 'location':
      return { text: request.location.name ?? request.location.address ?? '', content: request.location };
    case 'contacts':
      return { text: request.contacts.map(({ name }) => name.formatted_name).join(', '), content: request.contacts };
    case 'reaction':
      return { text: request.reaction.emoji, content: request.reaction };
    case 'interactive':
      return { text: request.interactive.body.text, content: request.interactive, mediaId: headerMedia(request.interactive) };
  }
}

function headerMedia(interactive: Extract<SendRequest, { type: 'interactive' }>['interactive']): string | undefined {
  const header = 'header' in interactive ? interactive.header : undefined;
  if (!header || header.type === 'text') return undefined;
  return (header.type === 'image' ? header.image : header.type === 'video' ? header.video : header.document).id;
}
