import type { Content, InteractivePart } from './content.ts';
import { type ContentFault, Faults } from './content-fault.ts';
import { INTERACTIVE as MAX } from './limits.ts';
import { type AttachedMedia, headerKind, mediaFaults } from './media-limits.ts';

/** All that Meta would refuse about buttons, a list, a link or the request for a place. */
export function interactiveFaults({ text, parts }: Content, media?: AttachedMedia): ContentFault[] {
  const faults = new Faults();
  const part = parts.interactive;
  if (!part) {
    faults.add('interactive', 'Offer something to tap on.');
    return faults.found;
  }
  faults.needed('text', text, part.type === 'LIST' ? MAX.listBody : MAX.body, 'The text');
  checkEdges(faults, part, media);
  switch (part.type) {
    case 'BUTTONS':
      checkButtons(faults, part.buttons);
      break;
    case 'LIST':
      faults.needed('interactive.button', part.button, MAX.listButton, 'What opens the list');
      checkSections(faults, part.sections);
      break;
    case 'LINK':
      faults.needed('interactive.link.title', part.link?.title, MAX.linkTitle, 'The title of the link');
      faults.url('interactive.link.url', part.link?.url, MAX.url, 'The address of the link');
      break;
    case 'LOCATION_REQUEST':
      break;
    default:
      faults.add('interactive.type', 'This kind of message cannot be sent.');
  }
  return faults.found;
}

function checkEdges(faults: Faults, { type, header, footer }: InteractivePart, media: AttachedMedia | undefined): void {
  faults.atMost('interactive.header', header, MAX.header, 'The header');
  faults.atMost('interactive.footer', footer, MAX.footer, 'The footer');
  if (type === 'LOCATION_REQUEST' && (header || footer)) faults.add('interactive', 'A request for a place has a text only.');
  if (!media) return;
  if (header) faults.add('media', 'A message has one header: a text or a file.');
  if (type !== 'BUTTONS' && type !== 'LINK') return faults.add('media', 'This kind of message has no file.');
  const kind = headerKind(media);
  if (kind !== 'IMAGE' && kind !== 'VIDEO' && kind !== 'DOCUMENT')
    return faults.add('media', 'A header is a picture, a video or a document.', 'MEDIA_TYPE_NOT_ALLOWED');
  faults.found.push(...mediaFaults({ ...media, kind }));
}

function checkButtons(faults: Faults, buttons: InteractivePart['buttons'] = []): void {
  const place = 'interactive.buttons';
  if (buttons.length === 0) faults.add(place, 'Give at least one button.');
  if (buttons.length > MAX.buttons) faults.add(place, `WhatsApp shows up to ${MAX.buttons} buttons.`);
  for (const [index, { id, title }] of buttons.entries()) {
    faults.needed(`${place}.${index}.id`, id, MAX.buttonId, 'The id of a button');
    faults.needed(`${place}.${index}.title`, title, MAX.buttonTitle, 'The title of a button');
  }
  const ids = buttons.map(({ id }) => id);
  const titles = buttons.map(({ title }) => title);
  faults.distinct(place, ids, 'The ids of buttons');
  faults.distinct(place, titles, 'The titles of buttons');
}

function checkSections(faults: Faults, sections: InteractivePart['sections'] = []): void {
  const place = 'interactive.sections';
  const rows = sections.flatMap((section) => section.rows);
  if (sections.length > MAX.sections) faults.add(place, `A list has up to ${MAX.sections} sections.`);
  if (rows.length === 0) faults.add(place, 'Give the list at least one row.');
  if (rows.length > MAX.rows) faults.add(place, `A list has up to ${MAX.rows} rows in all.`);
  for (const [index, section] of sections.entries()) {
    const at = `${place}.${index}`;
    if (sections.length > 1) faults.needed(`${at}.title`, section.title, MAX.sectionTitle, 'The title of a section');
    else faults.atMost(`${at}.title`, section.title, MAX.sectionTitle, 'The title of a section');
    if (section.rows.length === 0 && sections.length > 1) faults.add(`${at}.rows`, 'A section has at least one row.');
    for (const [row, { id, title, description }] of section.rows.entries()) {
      faults.needed(`${at}.rows.${row}.id`, id, MAX.rowId, 'The id of a row');
      faults.needed(`${at}.rows.${row}.title`, title, MAX.rowTitle, 'The title of a row');
      faults.atMost(`${at}.rows.${row}.description`, description, MAX.rowDescription, 'The description of a row');
    }
  }
  const ids = rows.map(({ id }) => id);
  faults.distinct(place, ids, 'The ids of rows');
}
