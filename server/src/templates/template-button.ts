import { registerEnumType } from 'type-graphql';
import type { TemplateButtonPart } from '../whatsapp/content.ts';

export enum TemplateButtonKind {
  QUICK_REPLY = 'QUICK_REPLY',
  URL = 'URL',
  PHONE_NUMBER = 'PHONE_NUMBER',
  COPY_CODE = 'COPY_CODE',
  OTP = 'OTP',
  FLOW = 'FLOW',
  OTHER = 'OTHER',
}
registerEnumType(TemplateButtonKind, {
  name: 'TemplateButtonKind',
  description: "What a template's button does.",
  valuesConfig: {
    QUICK_REPLY: { description: 'It answers.' },
    URL: { description: 'It opens a page.' },
    PHONE_NUMBER: { description: 'It calls.' },
    COPY_CODE: { description: 'It copies a coupon.' },
    OTP: { description: 'It copies or fills in a one-time code.' },
    FLOW: { description: 'It opens a form.' },
    OTHER: { description: 'Something this version does not know.' },
  },
});
/** Fails to compile when a template can have a button that the API has no name for. */
export const everyButtonIsPublic: Record<TemplateButtonPart['type'], TemplateButtonKind> = TemplateButtonKind;
