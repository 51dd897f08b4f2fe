import { performance } from 'node:perf_hooks';
import type { InboxWork } from './inbox-work.ts';

const RETRY_MS = 500;
/** Held bodies beyond this many wait in the database alone. */
const MOST_IN_HAND = 5_000;

/** Tenants whose rows someone else's long transaction holds: their bodies wait here, so that nobody else waits with them. */
export class HeldTenants {
  readonly #held = new Map<string, { works: InboxWork[]; retryAt: number }>();
  #size = 0;

  /** Takes out those works that have to wait with a held tenant, and gives the rest. */
  divert(works: readonly InboxWork[]): InboxWork[] {
    if (!this.#held.size) return [...works];
    return works.filter((work) => {
      const tenantId = [...work.tenants].find((id) => this.#held.has(id));
      if (tenantId !== undefined) this.hold(tenantId, [work]);
      return tenantId === undefined;
    });
  }

  /** Lets these works wait with this tenant. */
  hold(tenantId: string, works: readonly InboxWork[]): void {
    const held = this.#held.get(tenantId) ?? { works: [], retryAt: performance.now() + RETRY_MS };
    this.#held.set(tenantId, held);
    const room = works.slice(0, Math.max(0, MOST_IN_HAND - this.#size));
    held.works.push(...room);
    this.#size += room.length;
  }

  /** The works of a tenant that may be tried again; the tenant is no longer held. */
  takeDue(): { tenantId: string; works: InboxWork[] } | undefined {
    const now = performance.now();
    for (const [tenantId, { works, retryAt }] of this.#held) {
      if (retryAt > now) continue;
      this.#held.delete(tenantId);
      this.#size -= works.length;
      return { tenantId, works };
    }
    return undefined;
  }

  /** The ids of all bodies that wait here. */
  bodyIds(): string[] {
    return [...this.#held.values()].flatMap(({ works }) => works.map((work) => work.body.id));
  }
}
