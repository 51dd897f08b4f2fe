import { headerDocument, headerImage, headerVideo } from './check-media.ts';
import { all, anything, invalid, isFields, list, matching, object, oneOf, string, variant } from './shapes.ts';

const HEADER_MAX = 60;
const BODY_MAX = 1024;
const LIST_BODY_MAX = 4096;
const ROWS_MAX = 10;

const textHeader = object({ type: oneOf('text'), text: string(HEADER_MAX) });
const header = variant('type', {
  text: textHeader,
  image: object({ type: anything, image: headerImage }),
  video: object({ type: anything, video: headerVideo }),
  document: object({ type: anything, document: headerDocument }),
});
const body = (max: number) => object({ text: string(max) });
const footer = object({ text: string(60) });
const frame = { type: anything, 'header?': header, body: body(BODY_MAX), 'footer?': footer };

const replyButton = object({ type: oneOf('reply'), reply: object({ id: string(256), title: string(20) }) });
const row = object({ id: string(200), title: string(24), 'description?': string(72, true) });
const section = object({ 'title?': string(24), rows: list(row, 1, ROWS_MAX) });
const listAction = object({ button: string(20), sections: list(section, 1, 10) });
const webAddress = matching(/^https?:\/\/[^\s]+$/, 'an http or https address');

const flowParameters = object({
  flow_message_version: matching(/^\d/, 'a version'),
  'flow_id?': string(100),
  'flow_name?': string(200),
  flow_cta: string(20),
  'flow_token?': string(200),
  'mode?': oneOf('draft', 'published'),
  'flow_action?': oneOf('navigate', 'data_exchange'),
  'flow_action_payload?': anything,
});

/** Buttons, lists, links and requests for a location, as a request carries them. */
export const interactive = variant('type', {
  button: all(object({ ...frame, action: object({ buttons: list(replyButton, 1, 3) }) }), ownButtonIds),
  list: all(object({ ...frame, 'header?': textHeader, body: body(LIST_BODY_MAX), action: listAction }), rowRules),
  cta_url: object({
    ...frame,
    action: object({ name: oneOf('cta_url'), parameters: object({ display_text: string(20), url: webAddress }) }),
  }),
  location_request_message: object({ type: anything, body: body(BODY_MAX), action: object({ name: oneOf('send_location') }) }),
  flow: object({ ...frame, action: object({ name: oneOf('flow'), parameters: flowParameters }) }),
});

function ownButtonIds(value: unknown, path: string) {
  const buttons = (value as { action: { buttons: { reply: { id: string; title: string } }[] } }).action.buttons;
  const ids = new Set(buttons.map(({ reply }) => reply.id));
  const titles = new Set(buttons.map(({ reply }) => reply.title));
  return ids.size < buttons.length || titles.size < buttons.length
    ? invalid(131009, `${path}.action.buttons must have ids and titles of their own`)
    : undefined;
}

/** Ten rows in all, ids of their own, and a title for each section when there are several. */
function rowRules(value: unknown, path: string) {
  const { sections } = (value as { action: { sections: { title?: string; rows: { id: string }[] }[] } }).action;
  const rows = sections.flatMap((one) => one.rows);
  if (rows.length > ROWS_MAX) return invalid(131009, `${path}.action.sections must have at most ${ROWS_MAX} rows in all`);
  if (sections.length > 1 && sections.some((one) => one.title === undefined))
    return invalid(131009, `${path}.action.sections need titles when there are several`);
  if (new Set(rows.map(({ id }) => id)).size < rows.length)
    return invalid(131009, `${path}.action.sections must have rows with ids of their own`);
  return undefined;
}

/** The text of an interactive request's body, for the chat. */
export function bodyOf(content: unknown): string {
  return isFields(content) && isFields(content.body) && typeof content.body.text === 'string' ? content.body.text : '';
}
