import { randomBytes } from 'node:crypto';
import type { Services } from '../platform/context.ts';
import { prepareDemo } from './prepare-demo.ts';
import { COMPANIES, type SeededTenant, simulatedSide } from './seed-demo.ts';

/** What stands in `demo.json`: addresses, logins and keys. */
export interface DemoSecrets {
  url: string;
  appSecret: string;
  verifyToken: string;
  tenants: SeededTenant[];
}

type Side = NonNullable<Awaited<ReturnType<typeof simulatedSide>>>;

export interface Demo {
  file: DemoSecrets;
  /** What the simulator must know. */
  numbers: Side['number'][];
  customers: Side['customers'];
  templates: Side['templates'];
}

/** Brings the demo's companies up to the present and gives everything that opens them; `known` is what an earlier start wrote down. */
export async function openDemo(
  services: Pick<Services, 'database' | 'keys' | 'clock' | 'media'>,
  known: DemoSecrets | undefined,
  url: string,
  given: { appSecret?: string; verifyToken?: string },
): Promise<Demo> {
  // One process at a time: two that start on one new database must not both fill it.
  const tenants = await alone(services, () => prepareDemo(services, known?.tenants ?? []));
  const sides: Side[] = [];
  for (const [index, company] of COMPANIES.entries()) {
    const side = await simulatedSide(services, company, tenants[index]?.id ?? '');
    if (side) sides.push(side);
  }
  return {
    file: {
      url,
      appSecret: given.appSecret ?? known?.appSecret ?? `whsec_${randomBytes(24).toString('base64url')}`,
      verifyToken: given.verifyToken ?? known?.verifyToken ?? randomBytes(12).toString('base64url'),
      tenants,
    },
    numbers: sides.map((side) => side.number),
    customers: sides.flatMap((side) => side.customers),
    templates: sides.flatMap((side) => side.templates),
  };
}

async function alone<T>({ database }: Pick<Services, 'database'>, run: () => Promise<T>): Promise<T> {
  const connection = await database.worker.connect();
  try {
    await connection.query(`select pg_advisory_lock(hashtext('cube demo'))`);
    return await run();
  } finally {
    await connection.query(`select pg_advisory_unlock(hashtext('cube demo'))`);
    connection.release();
  }
}
