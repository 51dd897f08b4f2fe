import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../harness/redis.ts';
import { settle, until } from '../harness/until.ts';
import { Listener, toldIn } from './listener.ts';
import { writeEvents } from './write-events.ts';

describeWithRedis('two processes with Redis between them', () => {
  let redis: TestRedis;
  let one: TestApp;
  let other: TestApp;
  let alpha: TestTenant;

  beforeAll(async () => {
    redis = await startRedis();
    one = await startTestApp({ redisUrl: redis.url });
    other = await startTestApp({ beside: one, redisUrl: redis.url });
    [alpha] = one.tenants;
  });
  afterAll(async () => {
    redis.resume();
    await other.close();
    await one.close();
    await redis.stop();
  });

  /** Writes in one process for `seconds`, listens in both, and gives the longest way from commit to socket in ms. */
  async function under(faults: () => Promise<void>, seconds: number): Promise<number> {
    const key = alpha.apiKeys['owner'] as string;
    const listeners = await Promise.all([one, other].map(({ url }) => Listener.subscribed(url, key)));
    await until(() => one.app.hub?.size === 1 && other.app.hub?.size === 1);
    await settle(200);
    const sentAt = new Map<string, number>();
    const heard: { subjectId: string; at: number }[] = [];
    for (const listener of listeners) {
      listener.heard = (frame) => heard.push(...toldIn(frame).map(({ subjectId }) => ({ subjectId, at: performance.now() })));
    }
    const written: string[] = [];
    const faulty = faults();
    for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
      const now = performance.now();
      const subjects = await writeEvents(one.services, { tenantId: alpha.id, count: 10, each: 5 });
      for (const subject of subjects) sentAt.set(subject, now);
      written.push(...subjects);
      await settle(20);
    }
    await faulty;
    await until(() => listeners.every((listener) => listener.told().length >= written.length));
    for (const listener of listeners) expect(listener.told().map((event) => event.subjectId)).toEqual(written);
    await Promise.all(listeners.map((listener) => listener.close()));
    return Math.max(...heard.map(({ subjectId, at }) => at - (sentAt.get(subjectId) ?? 0)));
  }

  test('a bell rung in one process is heard in the other', async () => {
    expect(await under(async () => undefined, 1)).toBeLessThan(1000);
  });

  test('Redis killed and started again under load: nothing lost, nothing doubled, no more than five seconds late', async () => {
    const longest = await under(async () => {
      await settle(500);
      await redis.kill();
      await settle(3000);
      await redis.restart();
    }, 5);
    expect(longest).toBeLessThan(5000);
  });

  test('Redis that hangs for eight seconds under load: the same', async () => {
    const longest = await under(async () => {
      await settle(500);
      redis.freeze();
      await settle(8000);
      redis.resume();
    }, 10);
    expect(longest).toBeLessThan(5000);
    expect(await under(async () => undefined, 1)).toBeLessThan(1000);
  }, 30_000);
});
