import type { Viewer } from '../platform/viewer.ts';
import type { Sink } from './sink.ts';
import type { TenantStream } from './stream.ts';
import type { Subscriber } from './subscriber.ts';

/** What one viewer has open on one line: a revocation cuts the line, and when the line goes, the subscriptions go with it. */
export class Connection {
  readonly subscribers = new Set<Subscriber>();

  constructor(
    readonly sink: Sink,
    readonly viewer: Viewer,
    readonly stream: TenantStream,
  ) {}

  close(): void {
    for (const subscriber of this.subscribers) subscriber.end();
    this.stream.detach(this);
  }
}
