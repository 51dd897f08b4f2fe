import { type Check, boolean, invalid, isFields, matching, object, string } from './shapes.ts';

const CAPTION_MAX = 1024;

/** `id` or `link`, one of them, and what else this kind of file may say. */
function file(more: Record<string, Check> = {}): Check {
  const shape = object({ 'id?': matching(/^\d{1,64}$/, 'a media id'), 'link?': link, ...more });
  return (value, path) => {
    const wrong = shape(value, path);
    if (wrong || !isFields(value)) return wrong;
    if (value.id === undefined && value.link === undefined) return invalid(131008, `${path}.id or ${path}.link is required`);
    if (value.id !== undefined && value.link !== undefined) return invalid(131009, `${path} must have id or link and not both`);
    return undefined;
  };
}

function link(value: unknown, path: string) {
  const isFine = typeof value === 'string' && value.length <= 2048 && /^https?:\/\//.test(value) && URL.canParse(value);
  return isFine ? undefined : invalid(131009, `${path} must be an http or https address`);
}

const caption = string(CAPTION_MAX, true);

export const image = file({ 'caption?': caption });
export const video = file({ 'caption?': caption });
export const document = file({ 'caption?': caption, 'filename?': string(255) });
export const audio = file({ 'voice?': boolean });
export const sticker = file();
/** In headers, where there is no caption. */
export const headerImage = file();
export const headerVideo = file();
export const headerDocument = file({ 'filename?': string(255) });
