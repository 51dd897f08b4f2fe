import type { AccountUpdate, Update } from './envelope.ts';
import type { Settings, SimulatedNumber } from './options.ts';
import type { Pauses } from './pauses.ts';
import type { Random } from './random.ts';
import { Webhooks } from './webhooks.ts';

interface Override {
  url: string;
  webhooks: Webhooks;
}

export interface OwnApp {
  appId: string;
  appSecret: string;
  verifyToken?: string;
}

/**
 * Where webhooks go: to the app of the number or account. An address set for a number alone, then one for its account, takes the updates of
 * field `messages` instead.
 */
export class Outlets {
  readonly #apps = new Map<string, { app: OwnApp; webhooks: Webhooks }>();
  readonly #overrides = new Map<string, Override>();
  readonly #muted = new Set<string>();
  readonly #appOfAccount = new Map<string, string>();
  readonly #own: Webhooks;
  readonly #make: (app: OwnApp) => Webhooks;
  readonly ownAppId: string;

  constructor(settings: Settings, pauses: Pauses, random: Random, own: OwnApp) {
    this.#make = (app) => new Webhooks({ settings, pauses, random: random.fork(), ...app });
    this.#own = this.#make(own);
    this.ownAppId = own.appId;
    this.#apps.set(own.appId, { app: own, webhooks: this.#own });
  }

  /** Makes the app of this number known. */
  connect({ app, wabaId }: SimulatedNumber): void {
    if (!app) return;
    this.#appOfAccount.set(wabaId, app.appId);
    if (this.#apps.has(app.appId)) return;
    this.#apps.set(app.appId, { app, webhooks: this.#make(app) });
    if (app.webhookUrl) this.setUrl(app.webhookUrl, app.appId);
  }

  hasApp(appId: string): boolean {
    return this.#apps.has(appId);
  }

  appOf(wabaId: string): string {
    return this.#appOfAccount.get(wabaId) ?? this.ownAppId;
  }

  setUrl(url: string, appId: string = this.ownAppId): void {
    const known = this.#apps.get(appId);
    if (!known) throw new RangeError(`No app ${appId}`);
    known.webhooks.setUrl(url);
  }

  url(wabaId: string): string | undefined {
    return this.#apps.get(this.appOf(wabaId))?.webhooks.url;
  }

  /** `key` is a number's or an account's id; no address takes the override away. False when the address fails the handshake. */
  async override(key: string, wabaId: string, url: string | undefined, verifyToken?: string): Promise<boolean> {
    if (!url) {
      this.#overrides.delete(key);
      return true;
    }
    const app = this.#apps.get(this.appOf(wabaId))?.app;
    if (!app) return false;
    const webhooks = this.#make({ ...app, verifyToken });
    if (!(await webhooks.verify(url))) return false;
    this.#overrides.set(key, { url, webhooks });
    return true;
  }

  overrideOf(key: string): string | undefined {
    return this.#overrides.get(key)?.url;
  }

  /** No webhooks for this account's app until it subscribes again. */
  mute(wabaId: string, isMuted: boolean): void {
    if (isMuted) this.#muted.add(wabaId);
    else this.#muted.delete(wabaId);
  }

  /** True once the business has taken the update, false when it never will. */
  post(update: Update | AccountUpdate): Promise<boolean> {
    const wabaId = 'number' in update ? update.number.wabaId : update.wabaId;
    if (this.#muted.size > 0 && this.#muted.has(wabaId)) return Promise.resolve(false);
    return this.#outletOf(update, wabaId).post(update);
  }

  /** One body as it is, signed unless a signature is given, once; the HTTP status it was answered with. */
  postRaw(body: string, options: { appId?: string; signature?: string } = {}): Promise<number> {
    const known = this.#apps.get(options.appId ?? this.ownAppId);
    return known ? known.webhooks.postRaw(body, options.signature) : Promise.resolve(0);
  }

  #outletOf(update: Update | AccountUpdate, wabaId: string): Webhooks {
    if (this.#overrides.size > 0 && 'number' in update) {
      const override = this.#overrides.get(update.number.phoneNumberId) ?? this.#overrides.get(wabaId);
      if (override) return override.webhooks;
    }
    return this.#apps.get(this.appOf(wabaId))?.webhooks ?? this.#own;
  }

  get taken(): number {
    return this.#sum('taken');
  }

  get refused(): number {
    return this.#sum('refused');
  }

  get dropped(): number {
    return this.#sum('dropped');
  }

  get waiting(): number {
    return this.#sum('waiting');
  }

  close(): void {
    for (const webhooks of this.#all()) webhooks.close();
  }

  #sum(figure: 'taken' | 'refused' | 'dropped' | 'waiting'): number {
    return this.#all().reduce((sum, webhooks) => sum + webhooks[figure], 0);
  }

  #all(): Webhooks[] {
    return [...this.#apps.values(), ...this.#overrides.values()].map(({ webhooks }) => webhooks);
  }
}
