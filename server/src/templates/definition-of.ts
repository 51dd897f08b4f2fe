import { RuleBroken } from '../platform/user-errors.ts';
import type { HeaderComponent, TemplateButton, TemplateComponent } from '../whatsapp/template-components.ts';
import type { TemplateDefinition } from '../whatsapp/template-calls.ts';
import { templateFaults } from '../whatsapp/template-faults.ts';
import { placeholdersOf } from '../whatsapp/template-variables.ts';
import type {
  NewTemplateButtonInput,
  TemplateContentInput,
  TemplateExampleInput,
  TemplateHeaderInput,
} from './create-template-input.ts';

/** Stands for the handle of a header's file until Meta has the file. */
export const HANDLE_TO_COME = 'to-come';

type Frame = Pick<TemplateDefinition, 'name' | 'language' | 'category' | 'parameterFormat'>;

/** A template as Meta takes it. Throws BAD_INPUT or TEXT_TOO_LONG with the place in the input for what Meta would refuse. */
export function definitionOf(frame: Frame, content: TemplateContentInput): TemplateDefinition {
  const isNamed = frame.parameterFormat === 'NAMED';
  const components: TemplateComponent[] = [];
  const places: string[] = [];
  const add = (place: string, component: TemplateComponent) => (places.push(place), components.push(component));
  if (content.header) add('header', headerOf(content.header, isNamed));
  add('body', bodyOf(content, isNamed, frame.category === 'AUTHENTICATION'));
  if (content.footer) add('footer', { type: 'FOOTER', text: content.footer });
  else if (content.codeMinutes) add('codeMinutes', { type: 'FOOTER', code_expiration_minutes: content.codeMinutes });
  if (content.buttons?.length) add('buttons', { type: 'BUTTONS', buttons: content.buttons.map(buttonOf) });
  const definition: TemplateDefinition = { ...frame, components };
  if (content.ttlSeconds) definition.ttlSeconds = content.ttlSeconds;
  const [fault] = templateFaults(definition);
  if (fault) {
    const code = fault.code === 'TEXT_TOO_LONG' ? 'TEXT_TOO_LONG' : 'BAD_INPUT';
    throw new RuleBroken(code, fault.message, placeOf(fault.path, places));
  }
  return definition;
}

/** The names of Meta's fields in ours. */
const NAMES: Record<string, string> = {
  phone_number: 'phone',
  otp_type: 'codeKind',
  autofill_text: 'autofillText',
  supported_apps: 'appPackage',
  flow_id: 'flowId',
  code_expiration_minutes: 'codeMinutes',
};

function placeOf([first = '', index, ...rest]: string[], places: readonly string[]): string[] {
  if (first !== 'components' || index === undefined) return first === 'components' ? ['body'] : [first];
  const place = places[Number(index)] ?? 'body';
  const inside = rest.map((name) => NAMES[name] ?? name);
  if (place === 'footer' || place === 'codeMinutes') return [place];
  if (place === 'buttons') return inside;
  return [place, ...inside.map((name) => (name === 'example' ? 'examples' : name))];
}

function headerOf({ kind, text, examples, headerMediaId }: TemplateHeaderInput, isNamed: boolean): HeaderComponent {
  if (kind === 'LOCATION') return { type: 'HEADER', format: kind };
  if (kind !== 'TEXT') {
    if (!headerMediaId)
      throw new RuleBroken('BAD_INPUT', 'Meta wants to see a file such as will be sent: choose one.', [
        'header',
        'headerMediaId',
      ]);
    return { type: 'HEADER', format: kind, example: { header_handle: [HANDLE_TO_COME] } };
  }
  const header: HeaderComponent = { type: 'HEADER', format: kind, text: text ?? '' };
  const [name] = placeholdersOf(text);
  const value = examples?.find((example) => example.name === name)?.value;
  if (name !== undefined && value !== undefined)
    header.example = isNamed ? { header_text_named_params: [{ param_name: name, example: value }] } : { header_text: [value] };
  return header;
}

function bodyOf({ body }: TemplateContentInput, isNamed: boolean, isCode: boolean): TemplateComponent {
  if (isCode) return { type: 'BODY', add_security_recommendation: body.hasSecurityAdvice === true };
  const { text = '', examples } = body;
  const named = examplesFor(text, examples);
  if (!named.length) return { type: 'BODY', text };
  return {
    type: 'BODY',
    text,
    example: isNamed
      ? { body_text_named_params: named.map(({ name, value }) => ({ param_name: name, example: value })) }
      : { body_text: [named.sort((one, other) => Number(one.name) - Number(other.name)).map(({ value }) => value)] },
  };
}

/** In the order of the text; a variable without an example is left out, and found by the check. */
function examplesFor(text: string, examples: TemplateExampleInput[] = []): TemplateExampleInput[] {
  return placeholdersOf(text).flatMap((name) => examples.find((example) => example.name === name) ?? []);
}

function buttonOf(input: NewTemplateButtonInput): TemplateButton {
  const { type, text, url, example, phone, codeKind, autofillText, appPackage, appSignature, flowId } = input;
  const button: TemplateButton = { type };
  if (text) button.text = text;
  if (url) button.url = url;
  if (example) button.example = type === 'COPY_CODE' ? example : [example];
  if (phone) button.phone_number = phone;
  if (codeKind) button.otp_type = codeKind;
  if (autofillText) button.autofill_text = autofillText;
  if (appPackage && appSignature) button.supported_apps = [{ package_name: appPackage, signature_hash: appSignature }];
  if (flowId) button.flow_id = flowId;
  return button;
}
