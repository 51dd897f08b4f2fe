import type { SimulatedTemplate } from './templates.ts';
import { DEMO, type SimulatedCustomer, type SimulatedNumber, type SimulatorOptions } from './options.ts';

/** Reads the settings of the child process. Throws with every fault at once, never repeating a value. */
export function optionsFrom(environment: NodeJS.ProcessEnv): SimulatorOptions {
  const faults: string[] = [];
  const numbers = list<SimulatedNumber>(
    environment,
    'SIM_NUMBERS',
    ['phoneNumberId', 'displayPhone', 'name', 'wabaId', 'token'],
    faults,
  );
  const customers = list<SimulatedCustomer>(environment, 'SIM_CUSTOMERS', ['phone', 'name', 'phoneNumberId', 'locale'], faults);
  const templates = list<SimulatedTemplate>(environment, 'SIM_TEMPLATES', ['wabaId', 'name', 'language', 'category'], faults);
  const appSecret = environment.SIM_APP_SECRET ?? '';
  if (appSecret === '') faults.push('SIM_APP_SECRET is missing');
  const port = Number(environment.SIM_PORT ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) faults.push('SIM_PORT must be a port');
  const seed = Number(environment.SIM_SEED ?? 1);
  if (!Number.isSafeInteger(seed)) faults.push('SIM_SEED must be a whole number');
  const webhookUrl = environment.SIM_WEBHOOK_URL || undefined;
  if (webhookUrl && !URL.canParse(webhookUrl)) faults.push('SIM_WEBHOOK_URL must be an address');
  const ids = new Set(numbers.map(({ phoneNumberId }) => phoneNumberId));
  if (customers.some(({ phoneNumberId }) => !ids.has(phoneNumberId)))
    faults.push('SIM_CUSTOMERS name a number that SIM_NUMBERS lack');
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const customersWrite = environment.SIM_CUSTOMERS_WRITE !== 'off';
  const verifyToken = environment.SIM_VERIFY_TOKEN || undefined;
  return {
    port,
    numbers,
    customers,
    templates,
    appId: environment.SIM_APP_ID || undefined,
    appSecret,
    verifyToken,
    webhookUrl,
    seed,
    logSize: 2_000,
    settings: { ...DEMO, customersWrite },
  };
}

function list<T>(environment: NodeJS.ProcessEnv, name: string, keys: (keyof T & string)[], faults: string[]): T[] {
  const items = parse(environment[name] ?? '[]');
  if (Array.isArray(items) && items.every((item) => keys.every((key) => typeof item?.[key] === 'string'))) return items;
  faults.push(`${name} must be a JSON list of { ${keys.join(', ')} }`);
  return [];
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
