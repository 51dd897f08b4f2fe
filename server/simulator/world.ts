import { Chats } from './chats.ts';
import { Faults } from './faults.ts';
import { DEFAULTS, type Settings, type SimulatedNumber, type SimulatorOptions } from './options.ts';
import { Pauses } from './pauses.ts';
import { People, type Person } from './people.ts';
import { Random } from './random.ts';
import { Rates } from './rates.ts';
import { Webhooks } from './webhooks.ts';

/** A send that was accepted, for tests to look at. */
export interface AcceptedSend {
  /** The wamid it was given. */
  id: string;
  phoneNumberId: string;
  /** The customer's number as digits, or the user id it was sent to. */
  to: string;
  text: string;
  opaque?: string;
  replyToId?: string;
  /** Unix ms. */
  at: number;
}

/** A read receipt that was taken. */
export interface Receipt {
  phoneNumberId: string;
  messageId: string;
  isTyping: boolean;
}

/** Everything the simulator knows; the acts are functions beside it. */
export class World {
  readonly settings: Settings;
  readonly random: Random;
  readonly numbers: ReadonlyMap<string, SimulatedNumber>;
  readonly people: People;
  readonly chats = new Chats();
  readonly rates: Rates;
  readonly faults: Faults;
  readonly pauses = new Pauses();
  readonly webhooks: Webhooks;
  readonly accepted: AcceptedSend[] = [];
  readonly receipts: Receipt[] = [];
  readonly now: () => number;
  /** Sends whose statuses are still on their way. */
  readonly underway = new Set<Promise<void>>();
  /** Called when a customer has read a message. */
  onRead: (person: Person, text: string) => void = () => undefined;
  readonly #logSize: number;

  constructor(options: SimulatorOptions) {
    this.settings = { ...DEFAULTS, ...options.settings };
    this.random = new Random(options.seed ?? 1);
    this.numbers = new Map(options.numbers.map((number) => [number.phoneNumberId, number]));
    this.people = new People(this.numbers, options.customers ?? []);
    this.rates = new Rates(this.settings);
    this.faults = new Faults(this.random);
    this.webhooks = new Webhooks(this.settings, this.pauses, options.appSecret, options.verifyToken);
    this.now = options.now ?? Date.now;
    this.#logSize = options.logSize ?? 100_000;
  }

  /** Remembers a piece for tests; of too many, the oldest tenth goes. */
  note<T>(log: T[], piece: T): void {
    if (log.push(piece) > this.#logSize) log.splice(0, Math.ceil(this.#logSize / 10));
  }

  /** Ends when no status is on its way and every webhook was taken. */
  async settle(): Promise<void> {
    while (this.underway.size > 0 || this.webhooks.waiting > 0) {
      await Promise.all(this.underway);
      await new Promise((passed) => setTimeout(passed, 1));
    }
  }
}
