import { performance } from 'node:perf_hooks';
import { vi } from 'vitest';
import { CloudApi } from '../../src/whatsapp/cloud-api.ts';

/** When requests with messages went into their sockets, from here until mocks are restored, in ms. */
export function timesOfWriting(): number[] {
  const times: number[] = [];
  const original = CloudApi.prototype.send;
  vi.spyOn(CloudApi.prototype, 'send').mockImplementation(function (this: CloudApi, message, options) {
    const onWritten = () => {
      options?.onWritten?.();
      times.push(performance.now());
    };
    return original.call(this, message, { ...options, onWritten });
  });
  return times;
}
