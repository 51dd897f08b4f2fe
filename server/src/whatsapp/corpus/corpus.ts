import { ACCOUNT } from './account.ts';
import { ANSWERS } from './answers.ts';
import { IGNORED } from './ignored.ts';
import { MESSAGES } from './messages.ts';
import type { Payload } from './payload.ts';
import { PEOPLE } from './people.ts';
import { STATUSES } from './statuses.ts';
import { TEMPLATES } from './templates.ts';

/** Webhooks of every type, status and field, usual and odd, for whoever has to bear them. Only tests read it. */
export const CORPUS: readonly Payload[] = [...MESSAGES, ...ANSWERS, ...PEOPLE, ...STATUSES, ...TEMPLATES, ...ACCOUNT, ...IGNORED];
