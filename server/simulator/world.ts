import type { SendRequest, SendType } from '../src/whatsapp/wire.ts';
import { Chats } from './chats.ts';
import { Faults } from './faults.ts';
import { ManagementCalls } from './management-calls.ts';
import { MediaStore } from './media.ts';
import { AccountState, NumberState } from './number-state.ts';
import { DEFAULTS, type Settings, type SimulatedNumber, type SimulatorOptions } from './options.ts';
import { Outlets } from './outlets.ts';
import { Pauses } from './pauses.ts';
import { People, type Person } from './people.ts';
import { Random } from './random.ts';
import { Rates } from './rates.ts';
import { Reach } from './reach.ts';
import { Templates } from './templates.ts';
import { Tokens } from './tokens.ts';
import { Uploads } from './uploads.ts';

const MEDIA_BYTES = 256 * 1024 * 1024;

/** A send that was accepted, for tests to look at. */
export interface AcceptedSend {
  /** The wamid it was given. */
  id: string;
  phoneNumberId: string;
  /** The customer's number as digits, or the user id it was sent to. */
  to: string;
  type: SendType;
  /** Of a text its body; else a caption, a template's body with its values, an emoji; empty where there is none. */
  text: string;
  /** The request as it came. */
  body: SendRequest;
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
  /** What is drawn, by purpose. */
  readonly randoms: { journeys: Random; customers: Random; reviews: Random };
  readonly numbers = new Map<string, SimulatedNumber>();
  readonly states = new Map<string, NumberState>();
  readonly accounts = new Map<string, AccountState>();
  readonly tokens = new Tokens();
  readonly people: People;
  readonly chats = new Chats();
  readonly rates: Rates;
  readonly managementCalls = new ManagementCalls();
  readonly reach = new Reach();
  readonly templates: Templates;
  readonly media: MediaStore;
  readonly uploads = new Uploads();
  readonly faults: Faults;
  readonly pauses = new Pauses();
  readonly webhooks: Outlets;
  readonly accepted: AcceptedSend[] = [];
  readonly receipts: Receipt[] = [];
  readonly now: () => number;
  /** Sends whose statuses are still on their way, and templates under review. */
  readonly underway = new Set<Promise<unknown>>();
  /** Where this listens, once it does. */
  url = '';
  /** Called when a customer has read a message. */
  onRead: (person: Person, text: string) => void = () => undefined;
  readonly #logSize: number;

  constructor(options: SimulatorOptions) {
    this.settings = { ...DEFAULTS, ...options.settings };
    const { seed = 1 } = options;
    this.randoms = {
      journeys: Random.of(seed, 'journeys'),
      customers: Random.of(seed, 'customers'),
      reviews: Random.of(seed, 'reviews'),
    };
    const { appId = '4001', appSecret, verifyToken } = options;
    this.webhooks = new Outlets(this.settings, this.pauses, Random.of(seed, 'webhooks'), { appId, appSecret, verifyToken });
    for (const number of options.numbers) this.addNumber(number);
    this.people = new People(this.numbers, options.customers ?? []);
    this.rates = new Rates(this.settings);
    this.templates = new Templates(options.templates ?? []);
    this.media = new MediaStore(options.mediaBytes ?? MEDIA_BYTES);
    this.faults = new Faults(seed);
    this.now = options.now ?? Date.now;
    this.#logSize = options.logSize ?? 100_000;
  }

  /** Makes a number known, or changes it: its token, its app, its name. */
  addNumber(given: SimulatedNumber): void {
    const { phoneNumberId, wabaId, name } = given;
    const before = this.numbers.get(phoneNumberId);
    if (before) this.tokens.take(before);
    const number = before ? Object.assign(before, given) : { ...given };
    this.numbers.set(phoneNumberId, number);
    if (!before) this.states.set(phoneNumberId, new NumberState(number));
    if (!this.accounts.has(wabaId)) this.accounts.set(wabaId, new AccountState(wabaId, name));
    this.tokens.give(number);
    this.webhooks.connect(number);
  }

  /** Remembers a piece for tests; of too many, the oldest tenth goes. */
  note<T>(log: T[], piece: T): void {
    if (log.push(piece) > this.#logSize) log.splice(0, Math.ceil(this.#logSize / 10));
  }

  /** Goes on in the background; `settle` waits for it. */
  follow(work: Promise<unknown>): void {
    const whole = work.finally(() => this.underway.delete(whole));
    this.underway.add(whole);
  }

  /** Ends when no status is on its way and every webhook was taken. */
  async settle(): Promise<void> {
    while (this.underway.size > 0 || this.webhooks.waiting > 0) {
      await Promise.all(this.underway);
      await new Promise((passed) => setTimeout(passed, 1));
    }
  }
}
