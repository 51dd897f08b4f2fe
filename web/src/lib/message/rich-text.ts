/** A stretch of text as WhatsApp shows it: plain, marked, or a link. What a customer typed becomes these nodes and never HTML. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'strong' | 'em' | 'strike'; children: Inline[] };

/** A paragraph, a line that quotes, a point of a list, or several lines in one width. */
export type Block = { kind: 'line' | 'quote' | 'point'; children: Inline[] } | { kind: 'mono'; text: string };

const monoOverLines = /```(?=[^`]*\n)([^`]+?)```/g;
const marks = { '*': 'strong', _: 'em', '~': 'strike' } as const;
type Mark = keyof typeof marks;

/** An address of the web, or of mail; its end is trimmed of what belongs to the sentence. */
const addressPattern = /(?:https?:\/\/|www\.)[^\s<>"`]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giy;
const sentenceEnd = /[.,;:!?'"’”»…،؛؟*_~]+$/;

/** The paragraphs of a text with WhatsApp's marks: *bold*, _italic_, ~struck~, `code`, ```one width```, > quote, and lists. */
export function richBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let from = 0;
  for (const match of text.matchAll(monoOverLines)) {
    blocks.push(...lines(text.slice(from, match.index).replace(/\n$/, '')));
    blocks.push({ kind: 'mono', text: (match[1] ?? '').replace(/^\n|\n$/g, '') });
    from = match.index + match[0].length;
  }
  const rest = text.slice(from);
  return [...blocks, ...lines(from > 0 ? rest.replace(/^\n/, '') : rest)];
}

/** The same text without its marks, for one line of a list. */
export function plainText(text: string): string {
  const words = (nodes: Inline[]): string =>
    nodes.map((node) => ('children' in node ? words(node.children) : node.text)).join('');
  return richBlocks(text)
    .map((block) => (block.kind === 'mono' ? block.text : words(block.children)))
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function lines(text: string): Block[] {
  if (text === '') return [];
  return text.split('\n').map((line): Block => {
    const led = /^(?:(> )|([*-] ))(?=\S)/.exec(line);
    if (!led) return { kind: 'line', children: inlines(line) };
    return { kind: led[1] ? 'quote' : 'point', children: inlines(line.slice(led[0].length)) };
  });
}

function inlines(text: string): Inline[] {
  const nodes: Inline[] = [];
  /** Marks that nothing closes any more: asked once, not at every one of a thousand stars. */
  const open = new Set<string>();
  let plain = '';
  let at = 0;
  while (at < text.length) {
    const found = startsHere(text, at, open);
    if (found) {
      if (plain !== '') nodes.push({ kind: 'text', text: plain });
      plain = '';
      nodes.push(found.node);
      at = found.end;
    } else {
      plain += text[at] ?? '';
      at += 1;
    }
  }
  if (plain !== '') nodes.push({ kind: 'text', text: plain });
  return nodes;
}

function startsHere(text: string, at: number, open: Set<string>): { node: Inline; end: number } | null {
  const char = text[at] ?? '';
  if (char === '`') return codeAt(text, at);
  if (char in marks) return open.has(char) ? null : markAt(text, at, char as Mark, open);
  return isWordBefore(text, at) ? null : linkAt(text, at);
}

function codeAt(text: string, at: number): { node: Inline; end: number } | null {
  const match = /^(```|`)([^`\n]+)\1/.exec(text.slice(at));
  return match ? { node: { kind: 'code', text: match[2] ?? '' }, end: at + match[0].length } : null;
}

/** A mark opens before a word and closes after one, so that 2*3*4 and snake_case_names stay as they are. */
function markAt(text: string, at: number, mark: Mark, open: Set<string>): { node: Inline; end: number } | null {
  const next = text[at + 1];
  if (isWordBefore(text, at) || next === undefined || next === mark || /\s/.test(next)) return null;
  for (let end = text.indexOf(mark, at + 2); end !== -1; end = text.indexOf(mark, end + 1)) {
    if (/\s/.test(text[end - 1] ?? ' ') || isWord(text[end + 1])) continue;
    return { node: { kind: marks[mark], children: inlines(text.slice(at + 1, end)) }, end: end + 1 };
  }
  open.add(mark);
  return null;
}

function linkAt(text: string, at: number): { node: Inline; end: number } | null {
  addressPattern.lastIndex = at;
  const match = addressPattern.exec(text);
  if (!match) return null;
  const shown = trimmed(match[0]);
  const href = hrefOf(shown);
  return href ? { node: { kind: 'link', text: shown, href }, end: at + shown.length } : null;
}

function trimmed(found: string): string {
  const shown = found.replace(sentenceEnd, '');
  // A bracket that was opened before the address closes after it.
  return shown.endsWith(')') && !shown.includes('(') ? trimmed(shown.slice(0, -1)) : shown;
}

function hrefOf(shown: string): string | null {
  if (/^https?:/i.test(shown)) return webHref(shown);
  return /^www\./i.test(shown) ? webHref(`https://${shown}`) : `mailto:${shown}`;
}

/** The address if it is one of the web; null for any other scheme, such as `javascript:`. */
export function webHref(address: string | null | undefined): string | null {
  if (!address || !URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
}

function isWordBefore(text: string, at: number): boolean {
  return at > 0 && isWord(text[at - 1]);
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}]/u.test(char);
}
