import { RuleBroken } from '../platform/user-errors.ts';
import type { AccountAtMeta } from '../whatsapp/account-calls.ts';
import type { CloudApi } from '../whatsapp/cloud-api.ts';
import type { ProfileAtMeta } from '../whatsapp/profile-calls.ts';
import type { NumberAtMeta } from '../whatsapp/read-number.ts';
import { answerOf, type Blamed } from './ask-meta.ts';

/** A number as Meta has it. */
export interface FactsAtMeta {
  number: NumberAtMeta;
  account: AccountAtMeta;
  /** Absent when Meta did not give it: a number works without. */
  profile?: ProfileAtMeta;
}

/** What the input of the command calls the number's id, the account's id and the token, as far as it has them. */
export interface FieldsOfInput {
  number?: string;
  account?: string;
  token?: string;
}

/**
 * Reads a number, its account and its profile with a token, which thereby shows what it may do. Throws META_REFUSED, META_UNREACHABLE, and BAD_INPUT for a
 * number of another account.
 */
export async function readAtMeta(
  cloudApi: CloudApi,
  { phoneNumberId, wabaId, accessToken }: { phoneNumberId: string; wabaId: string; accessToken: string },
  fields: FieldsOfInput = {},
): Promise<FactsAtMeta> {
  const [number, numbers, account, profile] = await Promise.all([
    cloudApi.readNumber(phoneNumberId, accessToken),
    cloudApi.listNumbers(wabaId, accessToken),
    cloudApi.readAccount(wabaId, accessToken),
    cloudApi.readProfile(phoneNumberId, accessToken),
  ]);
  const [ofNumber, ofAccount] = [fields.number, fields.account].map((field): Blamed => ({ field, tokenField: fields.token }));
  const facts = { number: answerOf(number, ofNumber), account: answerOf(account, ofAccount) };
  const { items, isWhole } = answerOf(numbers, ofAccount);
  if (isWhole && !items.some((item) => item.phoneNumberId === phoneNumberId))
    throw new RuleBroken(
      'BAD_INPUT',
      'This number does not belong to this WhatsApp Business account.',
      fields.account ? [fields.account] : undefined,
    );
  return { ...facts, ...(profile.kind === 'done' && { profile: profile.value }) };
}
