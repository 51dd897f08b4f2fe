import { performance } from 'node:perf_hooks';
import type { InboxWork } from './inbox-work.ts';

const RETRY_MS = 500;

export interface HeldLimits {
  bodies: number;
  bytes: number;
}

/** Held bodies beyond this wait in the database alone. */
const LIMITS: HeldLimits = { bodies: 5_000, bytes: 64 << 20 };

/** Tenants whose rows someone else's long transaction holds: their bodies wait here, so that nobody else waits with them. */
export class HeldTenants {
  readonly #held = new Map<string, { works: InboxWork[]; retryAt: number }>();
  readonly #limits: HeldLimits;
  #bodies = 0;
  #bytes = 0;

  constructor(limits: HeldLimits = LIMITS) {
    this.#limits = limits;
  }

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
    for (const work of works) {
      if (this.#bodies >= this.#limits.bodies || this.#bytes + work.body.raw.length > this.#limits.bytes) return;
      held.works.push(work);
      this.#count(work, 1);
    }
  }

  /** The works of a tenant that may be tried again; the tenant is no longer held. */
  takeDue(): { tenantId: string; works: InboxWork[] } | undefined {
    const now = performance.now();
    for (const [tenantId, { works, retryAt }] of this.#held) {
      if (retryAt > now) continue;
      this.#held.delete(tenantId);
      for (const work of works) this.#count(work, -1);
      return { tenantId, works };
    }
    return undefined;
  }

  /** The ids of all bodies that wait here. */
  bodyIds(): string[] {
    return [...this.#held.values()].flatMap(({ works }) => works.map((work) => work.body.id));
  }

  #count({ body }: InboxWork, by: 1 | -1): void {
    this.#bodies += by;
    this.#bytes += by * body.raw.length;
  }
}
