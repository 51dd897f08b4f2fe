import { Field, ObjectType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { renderTemplate } from '../whatsapp/render-template.ts';
import { type TemplateVariable as Variable, variablesOf } from '../whatsapp/template-variables.ts';
import type { Template } from './template.ts';
import { TemplateButtonKind } from './template-button.ts';
import { TemplateHeaderKind, TemplateVariableKind, TemplateVariablePlace } from './template-enums.ts';

@ObjectType({ description: 'What stands above the body of a template.' })
@Can('templates:read')
export class TemplateHeader {
  @Field(() => TemplateHeaderKind, { description: 'A text, a file or a place.' })
  kind!: TemplateHeaderKind;

  @Field(() => String, { nullable: true, description: 'The line of a text header, with its variable.' })
  text!: string | null;
}

@ObjectType({ description: 'A button of a template.' })
@Can('templates:read')
export class TemplateButton {
  @Field(() => TemplateButtonKind, { description: 'What it does.' })
  type!: TemplateButtonKind;

  @Field(() => String, { description: 'What it says; empty where WhatsApp chooses the words.' })
  text!: string;

  @Field(() => String, { nullable: true, description: 'The page it opens, with its variable.' })
  url!: string | null;

  @Field(() => String, { nullable: true, description: 'The phone it calls.' })
  phone!: string | null;
}

@ObjectType({
  description: 'Something to fill in before a template can be sent. A file or place above the body is chosen besides.',
})
@Can('templates:read')
export class TemplateVariable {
  @Field(() => TemplateVariablePlace, { description: 'Where it stands.' })
  place!: TemplateVariablePlace;

  @Field(() => String, { description: "Its name, or its number from 1; of a button, the button's place from 0." })
  name!: string;

  @Field(() => TemplateVariableKind, { description: 'What it is filled with.' })
  kind!: TemplateVariableKind;

  @Field(() => String, { nullable: true, description: 'Of a button: what it says.' })
  label!: string | null;

  @Field(() => String, { nullable: true, description: 'The example that Meta was given.' })
  example!: string | null;
}

type WithComponents = Pick<Template, 'components'>;

/** The header, or null without one. */
export function headerOf({ components }: WithComponents): TemplateHeader | null {
  for (const component of components)
    if (component.type === 'HEADER') return { kind: component.format as TemplateHeaderKind, text: component.text ?? null };
  return null;
}

export function bodyOf({ components }: WithComponents): string | null {
  return renderTemplate(components, {}).text;
}

export function footerOf({ components }: WithComponents): string | null {
  return renderTemplate(components, {}).footer ?? null;
}

export function buttonsOf({ components }: WithComponents): TemplateButton[] {
  return renderTemplate(components, {}).buttons.map(({ type, text, url, phone }) => ({
    type: type as TemplateButtonKind,
    text,
    url: url ?? null,
    phone: phone ?? null,
  }));
}

export function variablesToFill({ components }: WithComponents): TemplateVariable[] {
  const all = variablesOf(components);
  // A one-time code is asked for once, though it stands in the text as well.
  const hasCode = all.some(({ type }) => type === 'CODE');
  return all
    .filter(({ place }) => !hasCode || place !== 'BODY')
    .map(({ place, name, type, label, example }: Variable) => ({
      place: place as TemplateVariablePlace,
      name,
      kind: type as TemplateVariableKind,
      label: label ?? null,
      example: example ?? null,
    }));
}
