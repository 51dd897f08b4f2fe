import { registerEnumType } from 'type-graphql';

export enum TemplateStatus {
  DRAFT = 'DRAFT',
  PENDING = 'PENDING',
  APPROVED = 'APPROVED',
  REJECTED = 'REJECTED',
  PAUSED = 'PAUSED',
  DISABLED = 'DISABLED',
  IN_APPEAL = 'IN_APPEAL',
  PENDING_DELETION = 'PENDING_DELETION',
  DELETED = 'DELETED',
  LIMIT_EXCEEDED = 'LIMIT_EXCEEDED',
  ARCHIVED = 'ARCHIVED',
}
registerEnumType(TemplateStatus, {
  name: 'TemplateStatus',
  description: 'Where a template stands. Only an approved one can be sent.',
  valuesConfig: {
    DRAFT: { description: 'Written here, and not handed to Meta yet.' },
    PENDING: { description: 'Meta looks at it.' },
    APPROVED: { description: 'It can be sent.' },
    REJECTED: { description: 'Meta refused it.' },
    PAUSED: { description: 'Meta stopped it for a while, because customers did not like it.' },
    DISABLED: { description: 'Meta stopped it for good.' },
    IN_APPEAL: { description: "Meta's refusal is being looked at again." },
    PENDING_DELETION: { description: 'Meta is about to delete it.' },
    DELETED: { description: 'It is no longer at Meta.' },
    LIMIT_EXCEEDED: { description: 'The account has more templates than it may have.' },
    ARCHIVED: { description: 'Meta put it away, because it was not used for long.' },
  },
});

export enum TemplateCategory {
  MARKETING = 'MARKETING',
  UTILITY = 'UTILITY',
  AUTHENTICATION = 'AUTHENTICATION',
}
registerEnumType(TemplateCategory, {
  name: 'TemplateCategory',
  description: 'What a template is for: it decides about its price.',
  valuesConfig: {
    MARKETING: { description: 'It promotes something.' },
    UTILITY: { description: "It is about the customer's own order, account or request." },
    AUTHENTICATION: { description: 'It carries a one-time code.' },
  },
});

export enum TemplateParameterFormat {
  NAMED = 'NAMED',
  POSITIONAL = 'POSITIONAL',
}
registerEnumType(TemplateParameterFormat, {
  name: 'TemplateParameterFormat',
  description: 'How the variables of a template are called.',
  valuesConfig: {
    NAMED: { description: 'By names: `{{first_name}}`.' },
    POSITIONAL: { description: 'By numbers: `{{1}}`.' },
  },
});

export enum TemplateHeaderKind {
  TEXT = 'TEXT',
  IMAGE = 'IMAGE',
  VIDEO = 'VIDEO',
  DOCUMENT = 'DOCUMENT',
  LOCATION = 'LOCATION',
}
registerEnumType(TemplateHeaderKind, {
  name: 'TemplateHeaderKind',
  description: 'What stands above the body of a template.',
  valuesConfig: {
    TEXT: { description: 'A line of text.' },
    IMAGE: { description: 'A picture, chosen anew for every message.' },
    VIDEO: { description: 'A video, chosen anew for every message.' },
    DOCUMENT: { description: 'A document, chosen anew for every message.' },
    LOCATION: { description: 'A place, chosen anew for every message.' },
  },
});

export enum TemplateObstacle {
  NOT_SUBMITTED = 'NOT_SUBMITTED',
  IN_REVIEW = 'IN_REVIEW',
  REJECTED = 'REJECTED',
  PAUSED = 'PAUSED',
  STOPPED = 'STOPPED',
  GONE = 'GONE',
  KIND_NOT_SUPPORTED = 'KIND_NOT_SUPPORTED',
  PHONE_NEEDED = 'PHONE_NEEDED',
}
registerEnumType(TemplateObstacle, {
  name: 'TemplateObstacle',
  description: 'Why a template cannot be sent.',
  valuesConfig: {
    NOT_SUBMITTED: { description: 'It is a draft.' },
    IN_REVIEW: { description: 'Meta has not decided yet.' },
    REJECTED: { description: 'Meta refused it.' },
    PAUSED: { description: 'Meta stopped it for a while.' },
    STOPPED: { description: 'Meta stopped it for good, or the account has too many.' },
    GONE: { description: 'It was deleted or put away.' },
    KIND_NOT_SUPPORTED: { description: 'It holds something that cannot be sent from here, such as products of a catalogue.' },
    PHONE_NEEDED: { description: 'It carries a one-time code, and no phone of the customer is known.' },
  },
});

export enum TemplateVariablePlace {
  HEADER = 'HEADER',
  BODY = 'BODY',
  BUTTON = 'BUTTON',
}
registerEnumType(TemplateVariablePlace, {
  name: 'TemplateVariablePlace',
  description: 'Where a variable stands.',
  valuesConfig: {
    HEADER: { description: 'In the line above the body.' },
    BODY: { description: 'In the body.' },
    BUTTON: { description: 'In a button.' },
  },
});

export enum TemplateVariableKind {
  TEXT = 'TEXT',
  URL_ENDING = 'URL_ENDING',
  COUPON = 'COUPON',
  CODE = 'CODE',
}
registerEnumType(TemplateVariableKind, {
  name: 'TemplateVariableKind',
  description: 'What a variable is filled with.',
  valuesConfig: {
    TEXT: { description: 'Any text.' },
    URL_ENDING: { description: "The ending of a page's address." },
    COUPON: { description: 'A coupon to copy.' },
    CODE: { description: 'A one-time code.' },
  },
});
