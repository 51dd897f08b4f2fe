import type { TemplateButtonPart, TemplatePart } from './content.ts';
import type { MediaToSend } from './message-to-send.ts';
import { headerMedia, writeLocation } from './write-header.ts';

/** The `template` of a send. Only what was filled in is a component; texts that never change are Meta's already. */
export function writeTemplate(template: TemplatePart, media: MediaToSend | undefined): object {
  const { name, language, values, headerLocation } = template;
  const components: object[] = [];
  if (media) components.push({ type: 'header', parameters: [headerMedia(media)] });
  else if (headerLocation)
    components.push({ type: 'header', parameters: [{ type: 'location', location: writeLocation(headerLocation) }] });
  else if (isFilled(values.header)) components.push({ type: 'header', parameters: writeValues(values.header) });
  if (isFilled(values.body)) components.push({ type: 'body', parameters: writeValues(values.body) });
  for (const [index, button] of template.buttons.entries()) {
    const value = values.buttons?.[index];
    const written = value === undefined ? undefined : writeButton(button.type, value);
    if (written) components.push({ type: 'button', index: String(index), ...written });
  }
  return { name, language: { code: language }, components: components.length ? components : undefined };
}

function isFilled(values: Record<string, string> | undefined): values is Record<string, string> {
  return values !== undefined && Object.keys(values).length > 0;
}

/** Numbered values go by their order, named ones carry their names. */
function writeValues(values: Record<string, string>): object[] {
  const entries = Object.entries(values);
  if (entries.every(([name]) => /^\d+$/.test(name)))
    return entries.sort(([one], [other]) => Number(one) - Number(other)).map(([, text]) => ({ type: 'text', text }));
  return entries.map(([name, text]) => ({ type: 'text', parameter_name: name, text }));
}

function writeButton(type: TemplateButtonPart['type'], value: string): object | undefined {
  switch (type) {
    case 'URL':
      return { sub_type: 'url', parameters: [{ type: 'text', text: value }] };
    // WhatsApp treats the button that hands over a one-time code as a link.
    case 'OTP':
      return { sub_type: 'url', parameters: [{ type: 'text', text: value }] };
    case 'QUICK_REPLY':
      return { sub_type: 'quick_reply', parameters: [{ type: 'payload', payload: value }] };
    case 'COPY_CODE':
      return { sub_type: 'copy_code', parameters: [{ type: 'coupon_code', coupon_code: value }] };
    case 'FLOW':
      return { sub_type: 'flow', parameters: [{ type: 'action', action: { flow_token: value } }] };
    default:
      return undefined;
  }
}
