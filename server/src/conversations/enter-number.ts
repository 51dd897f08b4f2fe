import { createHash } from 'node:crypto';
import type { Services } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import type { Query } from '../platform/query.ts';
import { place, seal } from '../platform/sealed.ts';
import { tenantQuery } from '../platform/tenant-query.ts';

export interface NewNumber {
  tenantId: string;
  phoneNumberId: string;
  wabaId: string;
  displayPhone: string;
  name: string;
  accessToken: string;
  isTest: boolean;
}

/** How webhooks find a number: the SHA-256 of Meta's id. */
export function numberDigest(phoneNumberId: string): Buffer {
  return createHash('sha256').update(phoneNumberId).digest();
}

/** How webhooks find a WhatsApp Business Account, which several tenants may have connected. */
export const accountDigest = numberDigest;

/** Gives a tenant a WhatsApp number without asking Meta; its token is sealed. One phone number id belongs to one tenant only. Gives the number's id. */
export async function enterNumber({ database, keys }: Pick<Services, 'database' | 'keys'>, number: NewNumber): Promise<string> {
  const id = newId();
  await tenantQuery(database.app, number.tenantId, async (query) => {
    await keys.loadTenants(query, [number.tenantId]);
    const accountId = await enterAccount(query, number.wabaId);
    const token = seal(
      keys.tenant(number.tenantId),
      place(number.tenantId, 'whatsapp_number', 'access_token', id),
      number.accessToken,
    );
    await query(
      'insert into whatsapp_number (id, phone_number_id, account_id, display_phone, name, access_token, is_test) values ($1, $2, $3, $4, $5, $6, $7)',
      [id, number.phoneNumberId, accountId, number.displayPhone, number.name, token, number.isTest],
    );
    await query('select enter_digest($1, $2, $3)', ['NUMBER', numberDigest(number.phoneNumberId), id]);
  });
  return id;
}

/** The tenant's row of a WhatsApp Business Account, made on first use. Gives its id. */
export async function enterAccount(query: Query, wabaId: string): Promise<string> {
  const [made] = await query<{ id: string }>(
    'insert into whatsapp_account (id, waba_id) values ($1, $2) on conflict (tenant_id, waba_id) do nothing returning id',
    [newId(), wabaId],
  );
  if (made) {
    await query('select enter_digest($1, $2, $3)', ['WABA', accountDigest(wabaId), made.id]);
    return made.id;
  }
  const [known] = await query<{ id: string }>('select id from whatsapp_account where waba_id = $1', [wabaId]);
  const { id } = known as { id: string };
  // Its news stopped coming when its last number was disconnected.
  await query('select enter_digest($1, $2, $3) where not exists (select from find_by_digest($1, $2) f where f.id = $3)', [
    'WABA',
    accountDigest(wabaId),
    id,
  ]);
  return id;
}
