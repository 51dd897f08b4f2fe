import { type KeyObject, createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';
import { newId } from './ids.ts';
import type { KeyWrapper } from './key-wrapper.ts';
import type { Query } from './query.ts';
import { place, SealBroken, type Sealed, type SealingKey, seal, unseal, uuidBytes, uuidText } from './sealed.ts';

interface TenantKeys {
  data: SealingKey;
  index: Buffer;
  /** The keys of blind indexes, made from `index`, by their columns. */
  columns: Map<string, KeyObject>;
}

/** A contact's new key: `wrapped` goes into `contact_key`. */
export interface NewContactKey {
  key: SealingKey;
  wrapped: Buffer;
}

type PlatformKeyKind = 'USER' | 'WEBHOOK_DAY' | 'INDEX';

const MOST_CACHED = 50_000;

/**
 * All keys of the product. Master keys wrap a key per tenant and per user; a tenant's key wraps a key per contact.
 * Every method that may read takes a `Query` inside a transaction which row-level security lets see that tenant.
 */
export class Keys {
  private readonly tenants = new Map<string, TenantKeys>();
  private readonly contacts = new Map<string, SealingKey>();
  private readonly platform = new Map<string, SealingKey>();

  constructor(private readonly wrapper: KeyWrapper) {}

  /** Makes the two keys of a new tenant: one that seals, one that indexes. */
  async createTenant(query: Query, tenantId: string): Promise<void> {
    for (const kind of ['DATA', 'INDEX']) {
      const id = newId();
      await query('insert into tenant_key (tenant_id, id, kind, wrapped) values ($1, $2, $3, $4)', [
        tenantId,
        id,
        kind,
        this.wrapper.wrap(randomBytes(32), `${tenantId}|${id}`),
      ]);
    }
  }

  /** Brings the tenants' keys to hand; a no-op for those that already are. Throws when a tenant has none or they do not open. */
  async loadTenants(query: Query, tenantIds: readonly string[]): Promise<void> {
    const missing = tenantIds.filter((id) => !this.tenants.has(id));
    if (!missing.length) return;
    const rows = await query<{ tenant_id: string; id: string; kind: string; wrapped: Buffer }>(
      'select tenant_id, id, kind, wrapped from tenant_key where tenant_id = any($1::uuid[]) order by created_at',
      [missing],
    );
    for (const tenantId of missing) {
      const mine = rows.filter((row) => row.tenant_id === tenantId);
      const data = mine.findLast((row) => row.kind === 'DATA');
      const index = mine.find((row) => row.kind === 'INDEX');
      if (!data || !index) throw new SealBroken('A tenant without keys.');
      this.tenants.set(tenantId, {
        data: sealingKey(data.id, this.wrapper.unwrap(data.wrapped, `${tenantId}|${data.id}`)),
        index: this.wrapper.unwrap(index.wrapped, `${tenantId}|${index.id}`),
        columns: new Map(),
      });
    }
  }

  /** The tenant's own key, for what belongs to no contact. Needs `loadTenants`. */
  tenant(tenantId: string): SealingKey {
    return this.need(tenantId).data;
  }

  /** Blind index of a value: equal values of one tenant and column give equal 16 bytes, and nothing else. Needs `loadTenants`. */
  blind(tenantId: string, column: string, value: string): Buffer {
    const { index, columns } = this.need(tenantId);
    let key = columns.get(column);
    if (!key) columns.set(column, (key = createSecretKey(Buffer.from(hkdfSync('sha256', index, '', column, 32)))));
    return createHmac('sha256', key).update(value).digest().subarray(0, 16);
  }

  /** A key for a new contact; it counts as known from here on. Needs `loadTenants`. */
  newContactKey(tenantId: string): NewContactKey {
    const id = newId();
    const secret = randomBytes(32);
    const key = sealingKey(id, secret);
    this.remember(tenantId, key);
    return { key, wrapped: seal(this.tenant(tenantId), place(tenantId, 'contact_key', 'wrapped', id), secret) };
  }

  /** Brings contact keys to hand by id. Those that do not exist (any more), or do not open, stay unknown: one must not shut the others. */
  async loadContactKeys(query: Query, tenantId: string, keyIds: Iterable<string>): Promise<void> {
    const missing = [...new Set(keyIds)].filter((id) => !this.contacts.has(`${tenantId}|${id}`));
    if (!missing.length) return;
    await this.loadTenants(query, [tenantId]);
    const rows = await query<{ id: string; wrapped: Buffer }>(
      'select id, wrapped from contact_key where tenant_id = $1 and id = any($2::uuid[])',
      [tenantId, missing],
    );
    const { secret } = this.tenant(tenantId);
    for (const { id, wrapped } of rows) {
      const key = unlessBroken(() => sealingKey(id, unseal(secret, place(tenantId, 'contact_key', 'wrapped', id), wrapped)));
      if (key) this.remember(tenantId, key);
    }
  }

  /** A contact's key, if `loadContactKeys` found it. */
  contactKey(tenantId: string, keyId: string): SealingKey | undefined {
    return this.contacts.get(`${tenantId}|${keyId}`);
  }

  /** Opens a value sealed under the tenant's or one of its contacts' keys, which must be at hand. Throws `SealBroken`. */
  open(tenantId: string, where: Buffer, sealed: Sealed | Buffer): string {
    return this.openBytes(tenantId, where, sealed).toString('utf8');
  }

  /** As `open`, for what is no text. */
  openBytes(tenantId: string, where: Buffer, sealed: Sealed | Buffer): Buffer {
    const bytes = Buffer.isBuffer(sealed) ? sealed : sealed.bytes;
    const own = this.tenants.get(tenantId)?.data;
    const key = own?.idBytes.equals(bytes.subarray(1, 17))
      ? own
      : this.contactKey(tenantId, Buffer.isBuffer(sealed) ? uuidText(bytes.subarray(1, 17)) : sealed.keyId);
    if (!key) throw new SealBroken('The key of this value is gone.');
    return unseal(key.secret, where, bytes);
  }

  /** Brings the platform's keys of these names to hand and makes none: those that are gone, or do not open, stay unknown. */
  async loadPlatformKeys(query: Query, kind: PlatformKeyKind, names: readonly string[]): Promise<void> {
    const missing = names.filter((name) => !this.platform.has(`${kind}|${name}`));
    if (!missing.length) return;
    const rows = await query<{ id: string; name: string; wrapped: Buffer }>(
      'select id, name, wrapped from platform_key where kind = $1 and name = any($2::text[])',
      [kind, missing],
    );
    for (const { id, name, wrapped } of rows) {
      const key = unlessBroken(() => sealingKey(id, this.wrapper.unwrap(wrapped, `${kind}|${name}`)));
      if (key) this.platform.set(`${kind}|${name}`, key);
    }
  }

  /** A platform key, if it is at hand. */
  knownPlatformKey(kind: PlatformKeyKind, name: string): SealingKey | undefined {
    return this.platform.get(`${kind}|${name}`);
  }

  /** The platform's key of that name, made on first use: a day's webhooks, a user, the platform's indexes. */
  async platformKey(query: Query, kind: PlatformKeyKind, name: string): Promise<SealingKey> {
    const known = this.platform.get(`${kind}|${name}`);
    if (known) return known;
    const select = 'select id, wrapped from platform_key where kind = $1 and name = $2';
    let [row] = await query<{ id: string; wrapped: Buffer }>(select, [kind, name]);
    if (!row) {
      const id = newId();
      const wrapped = this.wrapper.wrap(randomBytes(32), `${kind}|${name}`);
      await query('insert into platform_key (id, kind, name, wrapped) values ($1, $2, $3, $4) on conflict do nothing', [
        id,
        kind,
        name,
        wrapped,
      ]);
      // Another process may have been first: its key counts.
      [row] = await query<{ id: string; wrapped: Buffer }>(select, [kind, name]);
    }
    if (!row) throw new Error('The platform key could not be stored.');
    const key = sealingKey(row.id, this.wrapper.unwrap(row.wrapped, `${kind}|${name}`));
    this.platform.set(`${kind}|${name}`, key);
    return key;
  }

  private need(tenantId: string): TenantKeys {
    const keys = this.tenants.get(tenantId);
    if (!keys) throw new SealBroken("The tenant's keys are not at hand.");
    return keys;
  }

  private remember(tenantId: string, key: SealingKey): void {
    // Oldest first out: a Map keeps the order in which keys came.
    if (this.contacts.size >= MOST_CACHED) this.contacts.delete(this.contacts.keys().next().value as string);
    this.contacts.set(`${tenantId}|${key.id}`, key);
  }
}

function sealingKey(id: string, secret: Buffer): SealingKey {
  return { id, idBytes: uuidBytes(id), secret: createSecretKey(secret) };
}

/** Undefined for what does not open; every other fault is thrown on. */
function unlessBroken(open: () => SealingKey): SealingKey | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof SealBroken) return undefined;
    throw error;
  }
}
