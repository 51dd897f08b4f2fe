import type { EntityManager } from '@mikro-orm/postgresql';
import { Context, type Services } from '../platform/context.ts';
import type { Loader } from '../platform/loading.ts';
import type { Viewer } from '../platform/viewer.ts';

const FACTS = { id: 'subscription', address: '' };

/**
 * The contexts of one delivery: one for each set of rights, all of which read through the first. So a delivery holds one connection at
 * most, and a row is read once, whoever is shown which part of it.
 */
export class DeliveryContexts {
  private readonly made = new Map<string, Context>();
  private first: Context | null = null;

  constructor(private readonly services: Services) {}

  of(viewer: Viewer): Context {
    let found = this.made.get(viewer.permissionKey);
    if (!found) {
      found = this.first ? new BorrowingContext(this.services, viewer, this.first) : new Context(this.services, viewer, FACTS);
      this.first ??= found;
      this.made.set(viewer.permissionKey, found);
    }
    return found;
  }

  /** Ends the reading. */
  async close(): Promise<void> {
    await this.first?.close();
  }
}

/** Reads and loads through another context of the same tenant. */
class BorrowingContext extends Context {
  constructor(
    services: Services,
    viewer: Viewer,
    private readonly lender: Context,
  ) {
    super(services, viewer, FACTS);
  }

  override reading(): Promise<EntityManager> {
    return this.lender.reading();
  }

  override load<Key, Value>(loader: Loader<Key, Value>, key: Key): Promise<Value> {
    return this.lender.load(loader, key);
  }
}
