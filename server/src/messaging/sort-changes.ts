import type { AccountNews } from '../conversations/account-news.ts';
import type { AccountNotice } from '../whatsapp/account-notice.ts';
import { fieldKind } from '../whatsapp/fields.ts';
import type { ReceivedChange } from '../whatsapp/read-envelope.ts';
import type { PeopleNotice } from './apply-people-notices.ts';
import type { Owners } from './inbox-work.ts';

/** What became of a change: `nobody` here has its number or account, or it is a `stranger` to who signed it. */
type Outcome = 'handled' | 'ignored' | 'nobody' | 'stranger';

/** Puts the changes of one body with those they are for. */
export class SortedChanges {
  readonly kept: ReceivedChange[] = [];
  readonly news: AccountNews[] = [];
  readonly people: PeopleNotice[] = [];
  readonly tenants = new Set<string>();
  readonly outcomes: string[] = [];
  strangers = 0;
  readonly #owners: Owners;
  readonly #signers: ReadonlySet<string> | undefined;
  readonly #arrivedAt: number;

  /** `signers` are the only tenants it may be about; without them, all. `arrivedAt` is in unix ms. */
  constructor(owners: Owners, signers: readonly string[] | undefined, arrivedAt: number) {
    this.#owners = owners;
    this.#signers = signers && new Set(signers);
    this.#arrivedAt = arrivedAt;
  }

  add(change: ReceivedChange): void {
    const kind = fieldKind(change.field);
    const outcome = kind === 'handled' ? this.#place(change) : 'ignored';
    if (outcome === 'stranger') this.strangers++;
    // Fields by names that Meta never told us could be any number of them.
    this.outcomes.push(`${kind === 'unknown' ? 'unknown' : change.field}|${outcome}`);
    // What is left over is counted as ignored where messages are gathered.
    if (!change.notices.length || outcome !== 'handled') this.kept.push(outcome === 'stranger' ? emptied(change) : change);
  }

  #place(change: ReceivedChange): Outcome {
    const { phoneNumberId, wabaId, notices } = change;
    const people = notices.filter(isAboutPerson);
    if (notices.length && !people.length) return this.#placeNews(change, this.#owners.accounts.get(wabaId) ?? []);
    const line = phoneNumberId === undefined ? undefined : this.#owners.lines.get(phoneNumberId);
    if (!line) return 'nobody';
    if (!this.#mayTouch(line.tenantId)) return 'stranger';
    this.tenants.add(line.tenantId);
    // Said at a time, so that to hear it again is to hear nothing new.
    for (const notice of people) {
      const at = Math.min(notice.at ?? this.#arrivedAt, this.#arrivedAt);
      this.people.push({ ...line, notice: { ...notice, at } });
    }
    return 'handled';
  }

  #placeNews(
    { notices, at = this.#arrivedAt }: ReceivedChange,
    owners: readonly { tenantId: string; accountId: string }[],
  ): Outcome {
    const mine = owners.filter(({ tenantId }) => this.#mayTouch(tenantId));
    if (!mine.length) return owners.length ? 'stranger' : 'nobody';
    for (const owner of mine) {
      this.tenants.add(owner.tenantId);
      // Nothing that is known already happened later than now.
      for (const notice of notices) this.news.push({ ...owner, notice, at: Math.min(at, this.#arrivedAt) });
    }
    return 'handled';
  }

  #mayTouch(tenantId: string): boolean {
    return this.#signers?.has(tenantId) ?? true;
  }
}

function isAboutPerson(notice: AccountNotice): notice is PeopleNotice['notice'] {
  return notice.kind === 'marketing-preference' || notice.kind === 'user-id';
}

/** A change of which only the field is left, to be counted. */
function emptied({ wabaId, field }: ReceivedChange): ReceivedChange {
  return { wabaId, field, contacts: [], messages: [], statuses: [], errors: [], notices: [] };
}
