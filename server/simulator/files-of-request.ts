import type { SendRequest, TemplateComponentObject } from '../src/whatsapp/wire.ts';
import { type MediaKind, fits, isOpus } from './media-types.ts';
import type { SimulatedNumber } from './options.ts';
import type { World } from './world.ts';

interface FileAsked {
  kind: MediaKind;
  id: string;
  isVoice?: boolean;
}

const KINDS = new Set(['image', 'video', 'audio', 'document', 'sticker']);

/** The uploaded files a request names; those by link are Meta's to fetch. */
export function filesOf(request: SendRequest): FileAsked[] {
  if (request.type === 'text') return [];
  if (request.type === 'interactive') return 'header' in request.interactive ? fileOf(request.interactive.header) : [];
  if (request.type === 'template') return (request.template.components ?? []).flatMap(filesOfComponent);
  return fileOf(request);
}

/** The code a send fails with when one of its files is missing, too old, another account's, or of the wrong type. */
export function faultOfFiles(world: World, { wabaId }: SimulatedNumber, files: FileAsked[]): number | undefined {
  for (const { kind, id, isVoice } of files) {
    const media = world.media.get(id, world.now());
    if (media?.wabaId !== wabaId || !fits(media.mimeType, kind)) return world.settings.mediaCode;
    if (isVoice && !isOpus(media.bytes)) return world.settings.mediaCode;
  }
  return undefined;
}

function filesOfComponent(component: TemplateComponentObject): FileAsked[] {
  if ('cards' in component) return component.cards.flatMap((card) => card.components.flatMap(filesOfComponent));
  return component.parameters.flatMap(fileOf);
}

function fileOf(holder: object | undefined): FileAsked[] {
  const { type = '', ...contents } = (holder ?? {}) as { type?: string } & Record<
    string,
    { id?: string; voice?: boolean } | undefined
  >;
  const content = KINDS.has(type) ? contents[type] : undefined;
  return content?.id === undefined ? [] : [{ kind: type as MediaKind, id: content.id, isVoice: content.voice }];
}
