import { MessageType } from 'graphql-ws';

interface Running {
  isCompleted: boolean;
  /** A subscribe message that waits until this one is over. */
  next?: string;
}

/**
 * Hands a socket's messages to the protocol library so that it never handles two subscriptions of one id at a time. It forgets an id some
 * moments after the client completed it; a subscription that took the id meanwhile would be forgotten with it, and nothing could end it.
 */
export class MessageOrder {
  private readonly running = new Map<string, Running>();

  constructor(
    /** Resolves when a message was handled; for a subscription, when it is over. Never rejects. */
    private readonly handle: (message: string) => Promise<void>,
    /** The client took an id that it is using. */
    private readonly refuse: (id: string) => void,
  ) {}

  take(message: string): void {
    const { type, id } = headOf(message);
    if (id === undefined || (type !== MessageType.Subscribe && type !== MessageType.Complete)) return void this.handle(message);
    const running = this.running.get(id);
    if (type === MessageType.Subscribe) {
      if (!running) this.start(id, message);
      else if (running.isCompleted && running.next === undefined) running.next = message;
      else this.refuse(id);
    } else if (running?.next !== undefined) {
      delete running.next;
    } else {
      if (running) running.isCompleted = true;
      void this.handle(message);
    }
  }

  private start(id: string, message: string): void {
    const running: Running = { isCompleted: false };
    this.running.set(id, running);
    void this.handle(message).then(() => {
      this.running.delete(id);
      if (running.next !== undefined) this.start(id, running.next);
    });
  }
}

/** What is no JSON, or has no id, is for the library to refuse. */
function headOf(message: string): { type?: unknown; id?: string } {
  try {
    const { type, id } = JSON.parse(message) as { type?: unknown; id?: unknown };
    return { type, ...(typeof id === 'string' && { id }) };
  } catch {
    return {};
  }
}
