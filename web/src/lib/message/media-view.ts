import type { MediaOnScreenFragment } from '#lib/gql/graphql.ts';

/** A file as the thread shows it. Without an address it cannot be opened. */
export type MediaView = MediaOnScreenFragment;

/** Width over height of the frame a picture gets: its own within bounds, so that nothing moves when it arrives. */
export function frameRatio({ width, height }: Pick<MediaView, 'width' | 'height'>): number {
  if (!width || !height) return 4 / 3;
  return Math.min(2, Math.max(0.75, width / height));
}

/** The file's type as its sheet says it: PDF, DOCX; at most four letters. */
export function sheetLabel({ fileName, mimeType }: Pick<MediaView, 'fileName' | 'mimeType'>): string {
  const ending = /\.([a-z0-9]{1,4})$/i.exec(fileName ?? '')?.[1] ?? /\/(?:x-)?([a-z0-9]{1,4})(?:$|;)/i.exec(mimeType ?? '')?.[1];
  return (ending ?? '').toUpperCase();
}

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/** A file's name in two isolates: its words, and from the last ones in Latin letters on its ending, which never turns around. */
export function fileNameParts(name: string): { words: string; ending: string } {
  if (!rightToLeft.test(name)) return { words: '', ending: name };
  const ending = /[^\s\p{Script=Arabic}\p{Script=Hebrew}]*\.\w{1,5}$/u.exec(name)?.[0] ?? '';
  return { words: name.slice(0, name.length - ending.length), ending };
}
