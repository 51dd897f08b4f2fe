import { RuleBroken } from '../platform/user-errors.ts';
import type {
  BodyComponent,
  HeaderComponent,
  TemplateButton,
  TemplateCard,
  TemplateComponent,
} from '../whatsapp/template-components.ts';
import { placeholdersOf } from '../whatsapp/template-variables.ts';
import type { TemplateHeaderInput } from './create-template-input.ts';
import type { TemplateExampleInput } from './example-input.ts';
import type { NewTemplateButtonInput } from './new-button-input.ts';
import type { NewTemplateCardInput } from './new-card-input.ts';

/** Stands for the handle of a file until Meta has the file. */
const HANDLE_TO_COME = 'to-come';

/** What stands above the text. Throws BAD_INPUT for a file that is missing. */
export function headerOf({ kind, text, examples, headerMediaId }: TemplateHeaderInput, isNamed: boolean): HeaderComponent {
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

interface Words {
  text?: string;
  examples?: TemplateExampleInput[];
}

/** The text with its examples. */
export function bodyOf({ text = '', examples }: Words, isNamed: boolean): BodyComponent {
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

/** A card: a file, a text and its buttons. */
export function cardOf({ headerKind, body, examples, buttons }: NewTemplateCardInput, isNamed: boolean): TemplateCard {
  const components: TemplateComponent[] = [
    { type: 'HEADER', format: headerKind, example: { header_handle: [HANDLE_TO_COME] } },
    bodyOf({ text: body, examples }, isNamed),
  ];
  if (buttons.length) components.push({ type: 'BUTTONS', buttons: buttons.map(buttonOf) });
  return { components };
}

/** In the order of the text; a variable without an example is left out, and found by the check. */
function examplesFor(text: string, examples: TemplateExampleInput[] = []): TemplateExampleInput[] {
  return placeholdersOf(text).flatMap((name) => examples.find((example) => example.name === name) ?? []);
}

/** A button. */
export function buttonOf(input: NewTemplateButtonInput): TemplateButton {
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
