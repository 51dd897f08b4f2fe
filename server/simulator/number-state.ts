import type { Settings, SimulatedNumber } from './options.ts';

const HOUR_MS = 3_600_000;

/** What may change about a number while everything runs. */
export class NumberState {
  readonly number: SimulatedNumber;
  /** `CONNECTED` can send; `BLOCKED` and the like cannot. */
  status: string = 'CONNECTED';
  quality = 'GREEN';
  nameStatus = 'APPROVED';
  newNameStatus = 'NONE';
  codeVerification = 'VERIFIED';
  accountMode = 'LIVE';
  throughput: 'STANDARD' | 'HIGH' = 'STANDARD';
  isOnBizApp: boolean;
  isOfficial = false;
  username?: string;
  pin?: string;
  /** Unix ms until which every send gets 131057. */
  upgradingUntil = 0;
  readonly profile: Record<string, unknown> = {};
  readonly blocked = new Set<string>();
  /** Unix ms of register calls. */
  registrations: number[] = [];
  /** Unix ms of wrong PINs since the last right one. */
  wrongPins: number[] = [];

  constructor(number: SimulatedNumber) {
    this.number = number;
    this.isOnBizApp = number.isOnBizApp ?? false;
  }

  get isRegistered(): boolean {
    return !['DISCONNECTED', 'PENDING', 'UNVERIFIED'].includes(this.status);
  }

  /** The code every send of this number gets now, or null. */
  fault(now: number): number | null {
    if (this.status === 'CONNECTED') return this.upgradingUntil > now ? 131057 : null;
    return this.isRegistered ? 131031 : 133010;
  }

  perSecond(settings: Settings): number {
    if (this.isOnBizApp) return Math.min(settings.perSecond, settings.perSecondOnBizApp);
    return this.throughput === 'HIGH' ? Math.max(settings.perSecond, settings.perSecondHigh) : settings.perSecond;
  }

  /** Counts a call to register: ten in 72 h, then none for 72 h. */
  mayRegister(now: number): boolean {
    this.registrations = this.registrations.filter((at) => at > now - 72 * HOUR_MS);
    if (this.registrations.length >= 10) return false;
    this.registrations.push(now);
    return true;
  }

  /** The code that a PIN gets, or null where it is right: a number without one takes any. After five wrong ones none counts for an hour. */
  pinFault(pin: string, now: number): number | null {
    this.wrongPins = this.wrongPins.filter((at) => at > now - HOUR_MS);
    if (this.wrongPins.length >= 5) return 133008;
    if (this.pin !== undefined && this.pin !== pin) {
      this.wrongPins.push(now);
      return 133005;
    }
    this.wrongPins = [];
    return null;
  }
}

/** An account (WABA): what is its own rather than its numbers'. */
export class AccountState {
  readonly wabaId: string;
  name: string;
  currency = 'EUR';
  isSubscribed = true;
  /** Without a means of payment everything is accepted and nothing delivered. */
  hasPayment = true;

  constructor(wabaId: string, name: string) {
    this.wabaId = wabaId;
    this.name = name;
  }
}
