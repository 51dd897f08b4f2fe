import type { SimulatedTemplate } from './templates.ts';

/** A business number at this stand-in for Meta, and the token that may use it. */
export interface SimulatedNumber {
  phoneNumberId: string;
  /** Such as `+966 11 555 0101`: the part before the first space is the country code. */
  displayPhone: string;
  name: string;
  wabaId: string;
  token: string;
  /** Its messaging limit is shared by all numbers of the portfolio. Default: one portfolio for all. */
  businessId?: string;
  /** Shared with the WhatsApp Business app: 20 messages a second. */
  isOnBizApp?: boolean;
  /** Webhooks carry the hash of a person's key, and a send that names another one is refused. */
  checksIdentity?: boolean;
  /** The Meta app its webhooks come from; without one, the simulator's own. Numbers of one app name the same app. */
  app?: SimulatedApp;
}

export interface SimulatedApp {
  appId: string;
  appSecret: string;
  verifyToken?: string;
  webhookUrl?: string;
}

/** Someone who writes to one of the numbers by themselves, when customers write. */
export interface SimulatedCustomer {
  phone: string;
  name: string;
  phoneNumberId: string;
  locale: Locale;
  /** Their business-scoped user id; without one, webhooks carry none. */
  userId?: string;
  username?: string;
  /** Known to the business by user id alone; needs one. */
  hidesPhone?: boolean;
}

export type Locale = 'ar' | 'en';

/** From and to, in ms; a value in between is drawn each time. */
export type Range = readonly [number, number];

/** May be changed while it runs. */
export interface Settings {
  /** Share of sends that are accepted and then fail by webhook, with codes that Meta really uses. */
  failPercent: number;
  /** Share of those failures that `delivered` follows: another of the customer's devices took the message. */
  refutedPercent: number;
  /** The first message to a customer in a minute neither fails by chance nor finds the customer away. */
  isCalmAtFirst: boolean;
  /** Milliseconds every answer is held back. */
  delayMs: number;
  /** From acceptance to `sent`, from there to `delivered`, from there to `read`. */
  sentMs: Range;
  deliveredMs: Range;
  readMs: Range;
  /** To `read` when the customer is away from the phone, as for one message in four. */
  awayMs: Range;
  /** Off: accepted and then silence, as when Meta drops a message. */
  statuses: boolean;
  /** Statuses in any order, none waiting for the one before. */
  shuffle: boolean;
  /** How often every webhook is posted, all at once. */
  duplicates: number;
  /** Updates in one webhook at most, and webhooks of one app on their way at the same time. */
  batchMax: number;
  webhooksAtOnce: number;
  /** The first pause after a webhook that was not answered 200; it doubles up to 64 times that. */
  retryMs: number;
  customersWrite: boolean;
  /** Mean time between two messages of all customers together. */
  writeEveryMs: number;
  writesPerDay: number;
  /** From reading a message to the earliest answer, and between two messages in a row. */
  answerMs: Range;
  typingMs: Range;
  /** Sends a second and number before 130429. */
  perSecond: number;
  /** Sends to one customer in a burst before 131056, then one per 6 s. */
  pairBurst: number;
  /**
   * Takes it that customers wrote, and messages exist, which this process has not seen: others may have posted webhooks of their own,
   * and the memory here is lost on a restart. Off, every window is shut until the customer writes through here.
   */
  trustUnseen: boolean;
  /** A free-form message to somebody whose window is shut is refused at once, not accepted and failed by webhook. */
  refuseAtOnce: boolean;
  /** Sends a second of a number shared with the business app, and of one with high throughput. */
  perSecondOnBizApp: number;
  perSecondHigh: number;
  /** What customers write counts against the number's rate too. */
  countInbound: boolean;
  /** HTTP status of refusals for being too fast or too many, and seconds in their `Retry-After`; 0 for none. */
  rateHttpStatus: number;
  retryAfterSeconds: number;
  /** Unique customers outside windows in a moving 24 h, by portfolio. */
  messagingTier: Tier;
  portfolioCode: number;
  /** For a file that does not exist, is too old or of the wrong type; by webhook unless at once. */
  mediaCode: number;
  isMediaRefusedAtOnce: boolean;
  /** Webhooks name the address of a file beside its id. */
  mediaUrls: boolean;
  /** Free-form messages, and utility templates within the window, cost nothing: `free_customer_service`. */
  freeService: boolean;
  /** Values of templates with line breaks are refused. */
  refuseLineBreaks: boolean;
  /** Share of messages that are read at once without `delivered`, and of those that end in silence after `sent`. */
  skipDeliveredPercent: number;
  lostPercent: number;
  /** Webhooks that wait go out in any order. */
  permute: boolean;
  /** From the creation of a template to Meta's judgement, and the share it rejects; one named like "reject" it always rejects. */
  reviewMs: Range;
  rejectPercent: number;
  /** New templates of an account in an hour. */
  templatesPerHour: number;
  /** Calls in an hour that manage an account (numbers, templates), by app: of one without a registered number, and of one with. */
  managementPerHour: number;
  managementPerHourRegistered: number;
  /** Faults of new templates come as code 100 with a subcode, as older versions have it. */
  templateSubcodes: boolean;
  /** Share of what customers write by themselves that is no text: pictures, voice notes, reactions, taps. */
  otherPercent: number;
}

export const TIERS = ['TIER_250', 'TIER_2K', 'TIER_10K', 'TIER_100K', 'TIER_UNLIMITED'] as const;
export type Tier = (typeof TIERS)[number];

export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  numbers: SimulatedNumber[];
  customers?: SimulatedCustomer[];
  /** Signs the webhooks. */
  appSecret: string;
  /** Names the app for resumable uploads. Default `4001`. */
  appId?: string;
  /** Templates that are there from the start. */
  templates?: SimulatedTemplate[];
  /** Bytes of files kept in memory. Default 256 MB. */
  mediaBytes?: number;
  /** With one, the webhook address is verified by Meta's handshake before the first delivery. */
  verifyToken?: string;
  /** Where webhooks go; may come later. They wait until then. */
  webhookUrl?: string;
  seed?: number;
  settings?: Partial<Settings>;
  /** Accepted sends and read receipts remembered. Default 100,000. */
  logSize?: number;
  now?: () => number;
}

/** As fast as it goes and without surprises: for tests. */
export const DEFAULTS: Settings = {
  failPercent: 0,
  refutedPercent: 0,
  isCalmAtFirst: false,
  delayMs: 0,
  sentMs: [0, 0],
  deliveredMs: [0, 0],
  readMs: [0, 0],
  awayMs: [0, 0],
  statuses: true,
  shuffle: false,
  duplicates: 1,
  batchMax: 100,
  webhooksAtOnce: 1,
  retryMs: 50,
  customersWrite: false,
  writeEveryMs: 4_000,
  writesPerDay: 2_000,
  answerMs: [0, 0],
  typingMs: [0, 0],
  perSecond: 80,
  pairBurst: 45,
  trustUnseen: false,
  refuseAtOnce: false,
  perSecondOnBizApp: 20,
  perSecondHigh: 1_000,
  countInbound: true,
  rateHttpStatus: 400,
  retryAfterSeconds: 0,
  messagingTier: 'TIER_UNLIMITED',
  portfolioCode: 131048,
  mediaCode: 131053,
  isMediaRefusedAtOnce: false,
  mediaUrls: true,
  freeService: false,
  refuseLineBreaks: true,
  skipDeliveredPercent: 0,
  lostPercent: 0,
  permute: false,
  reviewMs: [0, 0],
  rejectPercent: 0,
  templatesPerHour: 100,
  managementPerHour: 200,
  managementPerHourRegistered: 5_000,
  templateSubcodes: false,
  otherPercent: 0,
};

/** Like life: for the demo. The first message to a customer in a minute is read within 4.5 s. */
export const DEMO: Partial<Settings> = {
  failPercent: 3,
  isCalmAtFirst: true,
  sentMs: [200, 600],
  deliveredMs: [300, 1_000],
  readMs: [800, 2_800],
  awayMs: [1_000, 20_000],
  batchMax: 20,
  retryMs: 250,
  customersWrite: true,
  answerMs: [1_500, 6_000],
  typingMs: [900, 2_500],
  trustUnseen: true,
  messagingTier: 'TIER_2K',
  reviewMs: [4_000, 12_000],
  otherPercent: 25,
};
