import type { EntityManager } from '@mikro-orm/postgresql';
import { isConnectionFault } from '../platform/connection-fault.ts';
import { Context, type OperationServices } from '../platform/context.ts';
import type { Loader } from '../platform/loading.ts';
import type { Sealed } from '../platform/sealed.ts';
import type { TenantReader } from '../platform/tenant-reader.ts';
import type { Viewer } from '../platform/viewer.ts';

const FACTS = { id: 'subscription', address: '' };

/**
 * The contexts of one delivery: one for each set of rights, all of which read through the first. So a delivery holds one connection at
 * most, and a row is read and opened once, whoever is shown which part of it.
 */
export class DeliveryContexts {
  private readonly made = new Map<string, DeliveryContext>();
  private first: DeliveryContext | null = null;
  private readonly found: FoundRows = new Map();
  private readonly opened = new Map<Sealed, string>();

  constructor(
    private readonly services: OperationServices,
    private readonly reader: TenantReader,
  ) {}

  of(viewer: Viewer): DeliveryContext {
    let context = this.made.get(viewer.permissionKey);
    if (!context) {
      context = new DeliveryContext(this.services, viewer, this.reader, this.first, this.found, this.opened);
      this.first ??= context;
      this.made.set(viewer.permissionKey, context);
    }
    return context;
  }

  /** Reads rows that will be asked for, all at once. What cannot be read is left to its field, which has somewhere to say so. */
  async prepare(viewer: Viewer, loader: Loader<string, unknown>, keys: ReadonlySet<string>): Promise<void> {
    const rows = this.found.get(loader) ?? new Map<string, unknown>();
    const missing = [...keys].filter((key) => !rows.has(key));
    if (!missing.length) return;
    this.found.set(loader, rows);
    const values = await loader.load(this.first ?? this.of(viewer), missing).catch((error: unknown) => {
      if (isConnectionFault(error)) throw error;
      return [];
    });
    values.forEach((value, index) => value instanceof Error || rows.set(missing[index] as string, value));
  }

  /** Ends the reading. */
  async close(): Promise<void> {
    await this.first?.close();
  }
}

type FoundRows = Map<Loader<string, unknown>, Map<string, unknown>>;

class DeliveryContext extends Context {
  constructor(
    services: OperationServices,
    viewer: Viewer,
    private readonly reader: TenantReader,
    private readonly lender: Context | null,
    private readonly found: FoundRows,
    private readonly opened: Map<Sealed, string>,
  ) {
    super(services, viewer, FACTS);
  }

  override reading(): Promise<EntityManager> {
    return this.lender ? this.lender.reading() : super.reading();
  }

  /** Without values it needs no transaction of its own, and goes with what other deliveries read. */
  override read<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return values.length ? super.read(sql, values) : this.reader.read<Row>(this.me.tenantId, sql);
  }

  override load<Key, Value>(loader: Loader<Key, Value>, key: Key): Promise<Value> {
    return this.lender ? this.lender.load(loader, key) : super.load(loader, key);
  }

  override open(table: string, column: string, rowId: string, sealed: Sealed): string | Promise<string> {
    const known = this.opened.get(sealed);
    if (known !== undefined) return known;
    const text = super.open(table, column, rowId, sealed);
    if (typeof text === 'string') this.opened.set(sealed, text);
    return text;
  }

  /** A row that was prepared; undefined for one that was not. */
  prepared<Value>(loader: Loader<string, Value>, key: string): Value | undefined {
    return this.found.get(loader as Loader<string, unknown>)?.get(key) as Value | undefined;
  }
}

/** A row, at once when the delivery has it ready, else by its loader. */
export function rowOf<Value>(ctx: Context, loader: Loader<string, Value>, key: string): Value | Promise<Value> {
  const known = ctx instanceof DeliveryContext ? ctx.prepared(loader, key) : undefined;
  return known === undefined ? ctx.load(loader, key) : known;
}
