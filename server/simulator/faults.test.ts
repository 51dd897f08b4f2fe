import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorResponse } from '../src/whatsapp/wire.ts';
import type { Fault } from './faults.ts';
import type { Simulator } from './simulator.ts';
import { type Business, post, startBoth, text } from './test-business.ts';

let simulator: Simulator;
let business: Business;

beforeEach(async () => {
  ({ simulator, business } = await startBoth({ trustUnseen: true, pairBurst: 1_000, perSecond: 1_000 }));
});

afterEach(async () => {
  await simulator.close();
  business.close();
});

const shown = () => business.statuses().map(({ status }) => status);

describe('faults', () => {
  it.each([
    [130429, 400],
    [131056, 400],
    [190, 401],
    [2, 503],
    [131000, 500],
  ])('refuse the next sends with code %i', async (code, httpStatus) => {
    simulator.control.fault({ kind: 'answer', code }, { next: 2 });
    for (let count = 0; count < 2; count++) {
      const response = await post(simulator, text);
      expect(response.status).toBe(httpStatus);
      expect(((await response.json()) as ErrorResponse).error).toMatchObject({
        code,
        error_data: { messaging_product: 'whatsapp' },
      });
    }
    expect((await post(simulator, text)).status).toBe(200);
    expect(simulator.control.accepted).toHaveLength(1);
  });

  it('let a send fail by webhook', async () => {
    simulator.control.fault({ kind: 'webhook', code: 131026 }, { next: 1 });
    expect((await post(simulator, text)).status).toBe(200);
    await simulator.control.settle();
    expect(business.statuses()).toMatchObject([{ status: 'failed', errors: [{ code: 131026 }] }]);
  });

  it('answer as a gateway, with Retry-After and no body', async () => {
    simulator.control.fault({ kind: 'http', status: 429, retryAfterSeconds: 3 }, { next: 1 });
    const response = await post(simulator, text);
    expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([429, '3', '']);
    expect(simulator.control.accepted).toHaveLength(0);
  });

  it.each<[Fault, number]>([
    [{ kind: 'answer', code: 131000, isAccepted: true }, 500],
    [{ kind: 'http', status: 502, isAccepted: true }, 502],
  ])('answer an error although the send is accepted: %o', async (fault, httpStatus) => {
    simulator.control.fault(fault, { next: 1 });
    expect((await post(simulator, text)).status).toBe(httpStatus);
    await simulator.control.settle();
    expect(simulator.control.accepted).toHaveLength(1);
    expect(shown()).toEqual(['sent', 'delivered', 'read']);
  });

  it.each<[Fault['kind'], number]>([
    ['reset', 0],
    ['drop', 1],
  ])('cut the connection: %s', async (kind, accepted) => {
    simulator.control.fault({ kind } as Fault, { next: 1 });
    await expect(post(simulator, text)).rejects.toThrow();
    await simulator.control.settle();
    expect(simulator.control.accepted).toHaveLength(accepted);
    expect(shown()).toHaveLength(accepted * 3);
  });

  it('accept and never answer', async () => {
    simulator.control.fault({ kind: 'hang' }, { next: 1 });
    const answered = post(simulator, text).then(
      () => 'answered',
      () => 'cut',
    );
    await expect.poll(shown).toEqual(['sent', 'delivered', 'read']);
    expect(await Promise.race([answered, Promise.resolve('waiting')])).toBe('waiting');
    await simulator.close();
    expect(await answered).toBe('cut');
  });

  it('post the first status before the answer', async () => {
    simulator.control.fault({ kind: 'status-first' }, { next: 1 });
    await post(simulator, text);
    expect(shown()[0]).toBe('sent');
    await simulator.control.settle();
    expect(shown()).toEqual(['sent', 'delivered', 'read']);
  });

  it('accept in silence', async () => {
    simulator.control.fault({ kind: 'silent' }, { next: 1 });
    expect((await post(simulator, text)).status).toBe(200);
    await simulator.control.settle();
    expect(shown()).toEqual([]);
  });

  it('hold answers back', async () => {
    simulator.control.settings.delayMs = 80;
    const begin = performance.now();
    await post(simulator, text);
    expect(performance.now() - begin).toBeGreaterThan(75);
  });

  it('strike a share of all sends until they are cleared', async () => {
    simulator.control.fault({ kind: 'answer', code: 131000 }, { percent: 30 });
    const answers = await Promise.all(Array.from({ length: 200 }, () => post(simulator, text)));
    const refused = answers.filter((response) => response.status === 500).length;
    expect(refused).toBeGreaterThan(35);
    expect(refused).toBeLessThan(85);
    simulator.control.clearFaults();
    const later = await Promise.all(Array.from({ length: 20 }, () => post(simulator, text)));
    expect(later.every((response) => response.ok)).toBe(true);
  });
});
