import { randomBytes } from 'node:crypto';
import { enterNumber } from '../conversations/enter-number.ts';
import { createTenant } from '../identity/create-tenant.ts';
import { createUser } from '../identity/create-user.ts';
import { SYSTEM_ROLES } from '../identity/role.ts';
import { digestOf, newSecret, writeApiKey } from '../identity/secrets.ts';
import type { Services } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { queryOn } from '../platform/query.ts';
import { place, uuidBytes } from '../platform/sealed.ts';
import { tenantQuery } from '../platform/tenant-query.ts';
import { acme } from './acme.ts';
import type { DemoCompany } from './demo-company.ts';
import { seedPeople } from './demo-people.ts';
import { seedFiles } from './seed-files.ts';
import { seedTalks } from './seed-talks.ts';
import { seedTemplates, simulatedTemplates } from './seed-templates.ts';
import { nakheel } from './nakheel.ts';

/** A demo company as it lies in the database, with the secrets that open it. */
export interface SeededTenant {
  id: string;
  name: string;
  apiKey: string;
  numbers: { id: string; phoneNumberId: string; displayPhone: string }[];
  users: { email: string; password: string; role: string; locale: string }[];
}

/** The demo's two companies. */
export const COMPANIES: readonly DemoCompany[] = [nakheel, acme];
const PEOPLE = 180;

type Parts = Pick<Services, 'database' | 'keys' | 'clock' | 'media'>;

/** Enters a company with its team, number, customers and past. Gives the secrets, which are stored nowhere else. */
export async function seedCompany(services: Parts, company: DemoCompany): Promise<SeededTenant> {
  const { database, keys, clock } = services;
  const id = await createTenant(services, { ...company, isTest: true });
  const users = [];
  const memberIds: string[] = [];
  for (const user of company.users) {
    const password = newPassword();
    const { memberId } = await createUser(services, { ...user, tenantId: id, password });
    if (user.role !== 'analyst') memberIds.push(memberId);
    users.push({ email: user.email, password, role: user.role, locale: user.locale });
  }
  const numberId = await enterNumber(services, {
    ...company.number,
    tenantId: id,
    accessToken: `EAA${newSecret()}`,
    isTest: true,
  });
  await tenantQuery(database.app, id, async (query) => {
    await keys.loadTenants(query, [id]);
    const people = await seedPeople(query, keys, id, company, PEOPLE);
    await seedTalks(query, company, { tenantId: id, numberId, memberIds }, people, clock.now());
  });
  await seedFiles(services, id);
  await seedTemplates(services, id, company);
  const apiKey = await newDemoKey(services, id);
  const { phoneNumberId, displayPhone } = company.number;
  return { id, name: company.name, apiKey, numbers: [{ id: numberId, phoneNumberId, displayPhone }], users };
}

/** A key for programs, with all that automation may do. */
export async function newDemoKey({ database }: Pick<Services, 'database'>, tenantId: string): Promise<string> {
  const [id, secret] = [newId(), newSecret()];
  await tenantQuery(database.app, tenantId, async (query) => {
    await query('insert into api_key (id, name, digest, scopes, is_test) values ($1, $2, $3, $4, true)', [
      id,
      'Demo',
      digestOf(secret),
      SYSTEM_ROLES['automation'],
    ]);
    await query('select enter_digest($1, $2, $3)', ['API_KEY', uuidBytes(id), id]);
  });
  return writeApiKey(true, id, secret);
}

/** What the simulator must know of a company: its number with the token, its templates, and the customers who write by themselves. */
export async function simulatedSide(
  { database, keys }: Pick<Parts, 'database' | 'keys'>,
  company: DemoCompany,
  tenantId: string,
) {
  return tenantQuery(database.app, tenantId, async (query) => {
    await keys.loadTenants(query, [tenantId]);
    const [row] = await query<{ id: string; access_token: Buffer }>(
      'select id, access_token from whatsapp_number where phone_number_id = $1',
      [company.number.phoneNumberId],
    );
    if (!row) return null;
    const token = keys.open(tenantId, place(tenantId, 'whatsapp_number', 'access_token', row.id), row.access_token);
    const people = await query<{ contact_id: string; key_id: string; name: Buffer; identity_id: string; value: Buffer }>(
      `select c.id as contact_id, c.key_id, c.name, i.id as identity_id, i.value from contact c join contact_identity i on i.contact_id = c.id and i.kind = 'PHONE'
       where c.name is not null order by c.id limit 40`,
    );
    await keys.loadContactKeys(
      query,
      tenantId,
      people.map((person) => person.key_id),
    );
    const { displayPhone, name, phoneNumberId, wabaId } = company.number;
    return {
      number: { phoneNumberId, displayPhone, name, wabaId, token },
      templates: await simulatedTemplates(query),
      customers: people.map((person) => ({
        phone: keys.open(tenantId, place(tenantId, 'contact_identity', 'value', person.identity_id), person.value),
        name: keys.open(tenantId, place(tenantId, 'contact', 'name', person.contact_id), person.name),
        phoneNumberId,
        locale: company.locale,
      })),
    };
  });
}

/** The ids of demo companies that are already there, by their numbers. */
export async function findCompany({ database }: Pick<Services, 'database'>, numberDigest: Buffer): Promise<string | undefined> {
  const rows = await queryOn(database.app)<{ tenant_id: string }>('select tenant_id from find_by_digest($1, $2)', [
    'NUMBER',
    numberDigest,
  ]);
  return rows[0]?.tenant_id;
}

/** Easy to type, hard to guess: four groups of five letters and digits. */
export function newPassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  return Array.from({ length: 4 }, () => [...randomBytes(5)].map((byte) => alphabet[byte % alphabet.length]).join('')).join('-');
}
