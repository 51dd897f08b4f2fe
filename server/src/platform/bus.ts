/** Rings bells between processes. A bell carries no data and may be lost: who listens looks into the database. */
export interface Bus {
  /** Never throws and never waits. */
  ring(channel: string): void;
  /** Calls `heard` for each ring of the channel; gives a function that stops listening. */
  listen(channel: string, heard: () => void): () => void;
  /** True while bells reach other processes (always, when there is just one). */
  readonly isUp: boolean;
  close(): Promise<void>;
}

/** The channel of a tenant's event log. The braces keep it in one slot of a Redis Cluster. */
export const tenantBell = (tenantId: string): string => `tenant:{${tenantId}}`;
/** The channel that wakes workers. */
export const WORK_BELL = 'work';

/** Listeners of this process, by channel. */
export class Listeners {
  private readonly channels = new Map<string, Set<() => void>>();

  /** Gives a function that removes the listener; `emptied` runs when it was the channel's last. */
  add(channel: string, heard: () => void, emptied: () => void = () => undefined): () => void {
    let set = this.channels.get(channel);
    if (!set) this.channels.set(channel, (set = new Set()));
    set.add(heard);
    return () => {
      if (!set.delete(heard) || set.size) return;
      this.channels.delete(channel);
      emptied();
    };
  }

  has(channel: string): boolean {
    return this.channels.has(channel);
  }

  names(): string[] {
    return [...this.channels.keys()];
  }

  call(channel: string): void {
    for (const heard of this.channels.get(channel) ?? []) heard();
  }
}

/** The bus of a process that is alone. */
export function localBus(): Bus {
  const listeners = new Listeners();
  return {
    isUp: true,
    ring: (channel) => setImmediate(() => listeners.call(channel)),
    listen: (channel, heard) => listeners.add(channel, heard),
    close: async () => undefined,
  };
}
