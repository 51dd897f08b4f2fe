import { numberDigest } from '../conversations/enter-number.ts';
import { emailDigest } from '../identity/email.ts';
import { hashPassword } from '../identity/passwords.ts';
import type { Services } from '../platform/context.ts';
import { queryOn } from '../platform/query.ts';
import { tenantQuery } from '../platform/tenant-query.ts';
import type { DemoCompany } from './demo-company.ts';
import { redate } from './redate-demo.ts';
import { COMPANIES, findCompany, newDemoKey, newPassword, type SeededTenant, seedCompany } from './seed-demo.ts';

type Parts = Pick<Services, 'database' | 'keys' | 'clock' | 'media'>;

/**
 * Makes sure that the demo's companies exist and gives their secrets: those that `known` holds, or new ones where they were lost.
 * What is already there is moved to the present.
 */
export async function prepareDemo(services: Parts, known: readonly SeededTenant[]): Promise<SeededTenant[]> {
  const tenants: SeededTenant[] = [];
  for (const company of COMPANIES) {
    const id = await findCompany(services, numberDigest(company.number.phoneNumberId));
    const secrets = known.find((tenant) => tenant.id === id);
    if (!id) tenants.push(await seedCompany(services, company));
    else {
      await tenantQuery(services.database.app, id, redate);
      tenants.push(secrets ?? (await renewSecrets(services, company, id)));
    }
  }
  return tenants;
}

/** Nobody can read the old secrets back, so they are replaced. */
async function renewSecrets(services: Parts, company: DemoCompany, id: string): Promise<SeededTenant> {
  const { database } = services;
  const users = [];
  for (const { email, role, locale } of company.users) {
    const password = newPassword();
    const [user] = await queryOn(database.app)<{ id: string }>('select id from find_by_digest($1, $2)', [
      'EMAIL',
      await emailDigest(services, email),
    ]);
    const hash = await hashPassword(password);
    if (user) {
      await tenantQuery(database.app, id, async (query) => {
        await query(`select set_config('app.user_id', $1, true)`, [user.id]);
        await query('update "user" set password_hash = $1 where id = $2', [hash, user.id]);
      });
    }
    users.push({ email, password, role, locale });
  }
  const numbers = await tenantQuery(database.app, id, (query) =>
    query<{ id: string; phoneNumberId: string; displayPhone: string }>(
      'select id, phone_number_id as "phoneNumberId", display_phone as "displayPhone" from whatsapp_number',
    ),
  );
  return { id, name: company.name, apiKey: await newDemoKey(services, id), numbers, users };
}
