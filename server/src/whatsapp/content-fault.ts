import { isLonger } from './limits.ts';

export type ContentFaultCode = 'TEXT_TOO_LONG' | 'BAD_INPUT' | 'MEDIA_TOO_LARGE' | 'MEDIA_TYPE_NOT_ALLOWED';

/** Something that WhatsApp would refuse. */
export interface ContentFault {
  code: ContentFaultCode;
  /** Where it stands, such as `['interactive', 'buttons', '0', 'title']`. */
  path: string[];
  /** Says what to do. */
  message: string;
}

/** Collects faults, each with its place. */
export class Faults {
  readonly found: ContentFault[] = [];

  add(path: string, message: string, code: ContentFaultCode = 'BAD_INPUT'): void {
    this.found.push({ code, path: path.split('.'), message });
  }

  /** What must say something, within so many characters. */
  needed(path: string, text: string | null | undefined, max: number, what: string): void {
    if (!text || text.trim() === '') this.add(path, `${what} is missing.`);
    else this.atMost(path, text, max, what);
  }

  /** What may be missing. */
  atMost(path: string, text: string | null | undefined, max: number, what: string): void {
    if (text && isLonger(text, max)) this.add(path, `${what} takes up to ${max} characters.`, 'TEXT_TOO_LONG');
  }

  /** The same value twice in a list is refused by Meta. */
  distinct(path: string, values: readonly string[], what: string): void {
    if (new Set(values).size < values.length) this.add(path, `${what} must differ from one another.`);
  }

  /** A web address. */
  url(path: string, url: string | undefined, max: number, what: string): void {
    this.needed(path, url, max, what);
    if (url && !isWebAddress(url)) this.add(path, `${what} begins with https:// or http://.`);
  }
}

/** Whether this is a whole address of the web. */
export function isWebAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username } = new URL(url);
  return (protocol === 'https:' || protocol === 'http:') && hostname.includes('.') && username === '';
}
