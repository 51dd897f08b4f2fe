import type { Dispatcher } from 'undici';
import { describe, expect, it } from 'vitest';
import { call } from './call.ts';

const request = { method: 'POST' as const, path: '/' };

/** A pool that does to each request what the test says; `aborted` collects the reasons of aborts. */
function poolThat(act: (handler: Dispatcher.DispatchHandler, controller: Dispatcher.DispatchController) => void) {
  const aborted: string[] = [];
  const dispatch = (_options: object, handler: Dispatcher.DispatchHandler) => {
    const abort = (reason: Error) => {
      aborted.push(reason.message);
      handler.onResponseError?.(controller, reason);
    };
    const controller = { abort } as unknown as Dispatcher.DispatchController;
    act(handler, controller);
    return true;
  };
  return { pool: { dispatch } as unknown as Dispatcher, aborted };
}

describe('one call', () => {
  it('is never written twice: a second start is cut and leaves the outcome unknown', async () => {
    const { pool, aborted } = poolThat((handler, controller) => {
      handler.onRequestStart?.(controller, null);
      handler.onRequestStart?.(controller, null);
    });
    expect((await call(pool, request, { timeoutMs: 1_000 })).kind).toBe('unknown');
    expect(aborted).toHaveLength(1);
  });

  it('is cut when its turn comes after its time', async () => {
    let begin = (): void => undefined;
    const { pool, aborted } = poolThat((handler, controller) => {
      begin = () => handler.onRequestStart?.(controller, null);
    });
    expect((await call(pool, request, { timeoutMs: 10 })).kind).toBe('unwritten');
    begin();
    expect(aborted).toHaveLength(1);
  });

  it('is unwritten when the pool refuses it before any start', async () => {
    const { pool } = poolThat((handler, controller) => handler.onResponseError?.(controller, new Error('closed')));
    expect(await call(pool, request, { timeoutMs: 1_000 })).toMatchObject({ kind: 'unwritten', cause: { message: 'closed' } });
  });

  it('gives the whole answer, put together from its pieces', async () => {
    const { pool } = poolThat((handler, controller) => {
      handler.onRequestStart?.(controller, null);
      handler.onResponseStart?.(controller, 200, { 'retry-after': '2' });
      const bytes = Buffer.from('{"text":"مرحبا"}');
      handler.onResponseData?.(controller, bytes.subarray(0, 10));
      handler.onResponseData?.(controller, bytes.subarray(10));
      handler.onResponseEnd?.(controller, {});
    });
    expect(await call(pool, request, { timeoutMs: 1_000 })).toEqual({
      kind: 'answered',
      httpStatus: 200,
      body: '{"text":"مرحبا"}',
      retryAfterMs: 2_000,
    });
  });
});
