import { ref } from '@mikro-orm/core';
import type { Context, Transaction } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { enqueueJob } from '../platform/jobs.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { isRegistered } from '../whatsapp/read-number.ts';
import { applyFacts } from './apply-facts.ts';
import { answerOf, metaFor } from './ask-meta.ts';
import { checkApp, enterApp, type OwnApp } from './enter-app.ts';
import { enterAccount, numberDigest } from './enter-number.ts';
import { checkToken, sealToken } from './number-token.ts';
import { type FactsAtMeta, readAtMeta } from './read-at-meta.ts';
import { checkPin, registerAtMeta } from './register-at-meta.ts';
import { resumed } from './resume-number.ts';
import { SYNC_TEMPLATES } from './sync-job.ts';
import { WhatsappAccount } from './whatsapp-account.ts';
import { NumberStatus, WhatsappNumber } from './whatsapp-number.ts';

export interface NumberToConnect {
  accessToken: string;
  phoneNumberId: string;
  wabaId: string;
  /** The tenant's own app, where its webhooks do not come through the platform's. */
  app?: OwnApp | null;
  /** For a number that is not registered for the Cloud API yet: that of its two-step verification, or the one it shall have. */
  pin?: string | null;
}

const TAKEN = '23505';

/**
 * Gives the company a WhatsApp number: Meta is asked whether the token may use it and whether it belongs to the account, is told to send its news
 * here, and then token and number are kept. One that is not registered is registered with its PIN. One that was disconnected comes back with its
 * conversations and what waited. Throws BAD_INPUT, META_REFUSED, META_UNREACHABLE, NUMBER_TAKEN for one that is connected, here or elsewhere, PIN_NEEDED, and
 * what `registerAtMeta` throws.
 */
export async function connectNumber(ctx: Context, input: NumberToConnect): Promise<{ whatsappNumber: WhatsappNumber }> {
  const cloudApi = metaFor(ctx);
  const given = {
    accessToken: checkToken(input.accessToken),
    phoneNumberId: checkId(input.phoneNumberId, 'phoneNumberId'),
    wabaId: checkId(input.wabaId, 'wabaId'),
    app: input.app ? checkApp(input.app) : null,
  };
  const pin = input.pin?.trim() ? checkPin(input.pin) : null;
  // The token is what shows that this number is theirs: before that nothing is said about who has it.
  const facts = await readAtMeta(cloudApi, given, { number: 'phoneNumberId', account: 'wabaId', token: 'accessToken' });
  await ctx.command((tx) => refuseTaken(tx, given.phoneNumberId));
  if (!isRegistered(facts.number)) {
    if (pin === null) throw pinNeeded();
    await registerAtMeta(cloudApi, given, pin, 'accessToken');
  }
  answerOf(await cloudApi.subscribeApp(given.wabaId, given.accessToken), { field: 'wabaId', tokenField: 'accessToken' });
  try {
    return { whatsappNumber: await ctx.command((tx) => write(ctx, tx, given, facts)) };
  } catch (error) {
    if ((error as { code?: string }).code === TAKEN) throw taken();
    throw error;
  }
}

function checkId(text: string, field: string): string {
  const id = text.trim();
  if (!/^\d{1,32}$/.test(id))
    throw new RuleBroken('BAD_INPUT', "Meta's ids are numbers; copy it from WhatsApp Manager.", [field]);
  return id;
}

function pinNeeded(): RuleBroken {
  return new RuleBroken(
    'PIN_NEEDED',
    'WhatsApp has this number, but not registered, and so it cannot send. Give the PIN of its two-step verification; if it has none, six digits that become it.',
    ['pin'],
  );
}

function taken(): RuleBroken {
  return new RuleBroken(
    'NUMBER_TAKEN',
    'This number is connected already. To give it a new access token, replace the token; to move it here from another company, disconnect it there first.',
    ['phoneNumberId'],
  );
}

/** Throws NUMBER_TAKEN unless nobody has the number, or we have it disconnected: gives it then. */
async function refuseTaken(tx: Transaction, phoneNumberId: string): Promise<WhatsappNumber | null> {
  const [owner] = await tx.query('select from find_by_digest($1, $2)', ['NUMBER', numberDigest(phoneNumberId)]);
  if (owner) throw taken();
  return tx.em.findOne(WhatsappNumber, { phoneNumberId });
}

async function write(ctx: Context, tx: Transaction, given: NumberToConnect, facts: FactsAtMeta): Promise<WhatsappNumber> {
  const { phoneNumberId, wabaId, accessToken, app } = given;
  const known = await refuseTaken(tx, phoneNumberId);
  const account = await tx.em.findOneOrFail(WhatsappAccount, await enterAccount(tx.query, wabaId));
  if (app) account.appId = (await enterApp(ctx, tx, app)).id;
  const id = known?.id ?? newId();
  const token = await sealToken(ctx, tx, id, accessToken);
  const number =
    known ??
    tx.em.create(WhatsappNumber, {
      id,
      phoneNumberId,
      account,
      displayPhone: facts.number.displayPhone,
      name: facts.number.verifiedName || facts.number.displayPhone,
      accessToken: token,
      isTest: ctx.me.isTest,
    });
  Object.assign(number, { account: ref(account), accessToken: token, isTest: ctx.me.isTest });
  await applyFacts(tx, number, account, facts, ctx.services.clock.now());
  await tx.em.flush();
  await tx.query('select enter_digest($1, $2, $3)', ['NUMBER', numberDigest(phoneNumberId), id]);
  resumed(tx, number, ctx.services.clock.now());
  await enqueueJob(tx.query, SYNC_TEMPLATES, account.id);
  tx.record({ kind: 'NUMBER_CHANGED', subjectId: id, status: NumberStatus.CONNECTED });
  return number;
}
