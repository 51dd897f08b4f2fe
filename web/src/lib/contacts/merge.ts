import { mutate } from '#lib/api/client.ts';
import { t } from '#lib/i18n/i18n.svelte.ts';
import { refusalText } from '#lib/inbox/refusal-text.ts';
import { mergeContacts, undoContactMerge } from './contact-documents.ts';

/** What was done, or the sentence of why not. */
export type Outcome = { mergeId: string } | { fault: string };

interface Answer {
  merge?: { id: string } | null;
  userErrors: readonly { code: string }[];
}

async function outcome(ask: () => Promise<Answer>): Promise<Outcome> {
  try {
    const answer = await ask();
    if (answer.merge) return { mergeId: answer.merge.id };
    return { fault: t(refusalText(answer.userErrors[0]?.code ?? 'other')) };
  } catch {
    return { fault: t('error.unreachable') };
  }
}

/** Makes one contact part of the other. */
export function merge(fromContactId: string, intoContactId: string): Promise<Outcome> {
  return outcome(async () => (await mutate(mergeContacts, { input: { fromContactId, intoContactId } })).mergeContacts);
}

/** Parts two contacts again. */
export function undoMerge(contactMergeId: string): Promise<Outcome> {
  return outcome(async () => (await mutate(undoContactMerge, { input: { contactMergeId } })).undoContactMerge);
}
