import type {
  LocationInput,
  MediaKind,
  SendContactCardInput,
  SendInteractiveInput,
  SendMessageInput,
  TemplateInput,
  ThreadMessageFragment,
} from '#lib/gql/graphql.ts';

/** A file on its way, as far as it can be said in words: what the tab keeps over a reload. */
export interface OutboxFile {
  mediaKind: MediaKind;
  name: string;
  /** Bytes. */
  size: number;
  mimeType: string;
  isVoice: boolean;
  durationMs: number | null;
  width: number | null;
  height: number | null;
}

/** A template as it is shown until the server gives the message. */
export interface ShownTemplate {
  name: string;
  language: string;
  category: string;
  header: string | null;
  footer: string | null;
  text: string | null;
  buttons: ShownTemplateButton[];
  /** Of a carousel. */
  cards?: { text: string; buttons: ShownTemplateButton[] }[];
  offer?: { text: string; expiresAt: string | null };
}

export interface ShownTemplateButton {
  type: string;
  text: string;
  url: string | null;
  phone: string | null;
  code: string | null;
}

/** What is being sent. */
export type OutboxContent =
  | { kind: 'TEXT'; text: string }
  | { kind: 'MEDIA'; file: OutboxFile; caption: string | null; /** Once it is uploaded. */ mediaId: string | null }
  | { kind: 'LOCATION'; location: LocationInput }
  | { kind: 'CONTACTS'; card: SendContactCardInput }
  | { kind: 'INTERACTIVE'; interactive: SendInteractiveInput }
  | { kind: 'TEMPLATE'; template: TemplateInput; shown: ShownTemplate };

/** The part of `sendMessage`'s input that says what is sent. Media must be uploaded. */
export function contentInput(content: OutboxContent): Partial<SendMessageInput> {
  switch (content.kind) {
    case 'TEXT':
      return { text: content.text };
    case 'MEDIA': {
      const { file, caption, mediaId } = content;
      const isDocument = file.mediaKind === 'DOCUMENT';
      return {
        media: {
          mediaId: mediaId ?? '',
          caption,
          ...(isDocument && { fileName: file.name }),
          ...(file.isVoice && { isVoice: true }),
        },
      };
    }
    case 'LOCATION':
      return { location: content.location };
    case 'CONTACTS':
      return { contactCards: [content.card] };
    case 'INTERACTIVE':
      return { interactive: content.interactive };
    case 'TEMPLATE':
      return { template: content.template };
  }
}

/** The text a message of this content has at the server, and its kind: by these it is known again on the live line. */
export function expected(content: OutboxContent): { kind: string; text: string | null } {
  switch (content.kind) {
    case 'TEXT':
      return { kind: 'TEXT', text: content.text };
    case 'MEDIA':
      return { kind: content.file.mediaKind, text: content.caption };
    case 'LOCATION':
    case 'CONTACTS':
      return { kind: content.kind, text: null };
    case 'INTERACTIVE':
      return { kind: 'INTERACTIVE', text: content.interactive.body };
    case 'TEMPLATE':
      return { kind: 'TEMPLATE', text: content.shown.text };
  }
}

export type Recognisable = Pick<ThreadMessageFragment, 'kind' | 'text'> & { template?: { name?: string | null } | null };

/** Whether a message is what this content became. A template's text is the server's to write: its name tells. */
export function isSame(content: OutboxContent, message: Recognisable): boolean {
  const { kind, text } = expected(content);
  if (kind !== message.kind) return false;
  if (content.kind === 'TEMPLATE') return content.shown.name === message.template?.name;
  return (text ?? null) === (message.text ?? null);
}
