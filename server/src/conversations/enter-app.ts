import type { Context, Transaction } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { place, seal, Sealed } from '../platform/sealed.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { numberDigest } from './enter-number.ts';
import { WhatsappApp } from './whatsapp-app.ts';

/** How webhooks find an app, which several tenants may have entered. */
export const appDigest = numberDigest;

export interface OwnApp {
  appId: string;
  appSecret: string;
  verifyToken: string;
}

const SECRET = /^[\x21-\x7e]{8,200}$/;

/** An app as it was typed, without the spaces around. Throws BAD_INPUT. */
export function checkApp(app: OwnApp): OwnApp {
  const [appId, appSecret, verifyToken] = [app.appId.trim(), app.appSecret.trim(), app.verifyToken.trim()];
  if (!/^\d{5,32}$/.test(appId)) throw new RuleBroken('BAD_INPUT', 'The id of an app at Meta is a number.', ['app', 'appId']);
  if (!SECRET.test(appSecret))
    throw new RuleBroken('BAD_INPUT', "Paste the app's secret as Meta shows it.", ['app', 'appSecret']);
  if (!SECRET.test(verifyToken))
    throw new RuleBroken(
      'BAD_INPUT',
      'Choose a verify token of 8 to 200 characters without spaces; Meta asks for the same one.',
      ['app', 'verifyToken'],
    );
  return { appId, appSecret, verifyToken };
}

/** Keeps the tenant's own app, its secrets sealed; one that is known gets the new secrets. Gives the row. */
export async function enterApp(ctx: Context, tx: Transaction, { appId, appSecret, verifyToken }: OwnApp): Promise<WhatsappApp> {
  const { tenantId } = ctx.me;
  const { keys } = ctx.services;
  await keys.loadTenants(tx.query, [tenantId]);
  const known = await tx.em.findOne(WhatsappApp, { appId });
  const id = known?.id ?? newId();
  const sealed = (column: string, text: string) =>
    new Sealed(seal(keys.tenant(tenantId), place(tenantId, 'whatsapp_app', column, id), text));
  const secrets = { appSecret: sealed('app_secret', appSecret), verifyToken: sealed('verify_token', verifyToken) };
  if (known) return Object.assign(known, secrets);
  const app = tx.em.create(WhatsappApp, { id, appId, ...secrets });
  await tx.em.flush();
  await tx.query('select enter_digest($1, $2, $3)', ['APP', appDigest(appId), id]);
  return app;
}
