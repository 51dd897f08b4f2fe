import type { Clock } from './clock.ts';
import type { Pool } from './database.ts';

/** The database's clock, kept as a difference to the machine's: all processes agree on the time, however their machines are set. */
export class DatabaseClock implements Clock {
  private difference = 0;
  private readonly timer: NodeJS.Timeout;

  private constructor(private readonly pool: Pool) {
    this.timer = setInterval(() => void this.sync().catch(() => undefined), 30_000);
    this.timer.unref();
  }

  static async start(pool: Pool): Promise<DatabaseClock> {
    const clock = new DatabaseClock(pool);
    await clock.sync();
    return clock;
  }

  now(): Date {
    return new Date(Date.now() + this.difference);
  }

  /** Asks the database what time it is. */
  async sync(): Promise<void> {
    const before = Date.now();
    const { rows } = await this.pool.query<{ now: Date }>('select cube_now() as now');
    const now = rows[0]?.now.getTime();
    if (now) this.difference = now - (before + Date.now()) / 2;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
