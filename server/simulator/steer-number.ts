import { metadataOf } from './change-identity.ts';
import type { NumberState } from './number-state.ts';
import type { Tier } from './options.ts';
import type { World } from './world.ts';

/** What Meta may change about a number. */
export interface NumberChange {
  /** `CONNECTED`, `BLOCKED`, `FLAGGED`, `DISCONNECTED`, `PENDING`, …: only the first can send. */
  status?: string;
  quality?: 'GREEN' | 'YELLOW' | 'RED' | 'NA' | 'UNKNOWN';
  /** To `HIGH`, sends get 131057 for `upgradeMs` first. */
  throughput?: 'STANDARD' | 'HIGH';
  upgradeMs?: number;
  isOnBizApp?: boolean;
  isOfficial?: boolean;
  nameStatus?: string;
  /** Meta's word on a new display name. */
  newNameStatus?: 'APPROVED' | 'DECLINED' | 'PENDING_REVIEW' | 'DEFERRED';
  requestedName?: string;
  codeVerification?: 'VERIFIED' | 'NOT_VERIFIED';
  /** Of its two-step verification. */
  pin?: string;
}

/** Changes a number as Meta would, with the webhooks that go with it. Throws RangeError for a number that does not exist. */
export function steerNumber(world: World, phoneNumberId: string, change: NumberChange): void {
  const state = world.states.get(phoneNumberId);
  if (!state) throw new RangeError(`No number ${phoneNumberId}`);
  const { quality, throughput, upgradeMs = 0, newNameStatus, requestedName, ...plain } = change;
  Object.assign(state, plain);
  if (quality && quality !== state.quality) changeQuality(world, state, quality);
  if (throughput) world.follow(changeThroughput(world, state, throughput, upgradeMs));
  if (newNameStatus) decideName(world, state, newNameStatus, requestedName);
}

/** Changes an account. Throws RangeError for one that does not exist. */
export function steerAccount(world: World, wabaId: string, { hasPayment }: { hasPayment: boolean }): void {
  const account = world.accounts.get(wabaId);
  if (!account) throw new RangeError(`No account ${wabaId}`);
  account.hasPayment = hasPayment;
}

function changeQuality(world: World, state: NumberState, quality: string): void {
  const wasRed = state.quality === 'RED';
  state.quality = quality;
  if (quality === 'RED') tell(world, state, 'phone_number_quality_update', { event: 'FLAGGED' });
  else if (wasRed) tell(world, state, 'phone_number_quality_update', { event: 'UNFLAGGED' });
}

async function changeThroughput(world: World, state: NumberState, level: 'STANDARD' | 'HIGH', upgradeMs: number): Promise<void> {
  if (level === 'HIGH' && upgradeMs > 0) {
    state.upgradingUntil = Infinity;
    await world.pauses.pause(upgradeMs);
    state.upgradingUntil = 0;
  }
  state.throughput = level;
  if (level === 'HIGH') tell(world, state, 'phone_number_quality_update', { event: 'THROUGHPUT_UPGRADE' });
}

function decideName(world: World, state: NumberState, status: string, requested = state.number.name): void {
  state.newNameStatus = status;
  const decision = { APPROVED: 'APPROVED', DECLINED: 'REJECTED', PENDING_REVIEW: 'PENDING' }[status] ?? 'DEFERRED';
  if (decision === 'APPROVED') state.number.name = requested;
  const rejection_reason = decision === 'REJECTED' ? 'NAME_EMPLOYEE_RESTRICTED' : null;
  tell(world, state, 'phone_number_name_update', { decision, requested_verified_name: requested, rejection_reason });
}

function tell(world: World, { number }: NumberState, field: string, more: Record<string, unknown>): void {
  const { display_phone_number } = metadataOf(number).metadata;
  const value = { display_phone_number, ...more, max_daily_conversations_per_business: world.settings.messagingTier };
  if (field !== 'phone_number_quality_update') Reflect.deleteProperty(value, 'max_daily_conversations_per_business');
  void world.webhooks.post({ wabaId: number.wabaId, field, value, time: Math.floor(world.now() / 1000) });
}

/** The portfolio may write to so many people now; each account hears of it. */
export function changeTier(world: World, tier: Tier): void {
  world.settings.messagingTier = tier;
  const value = { max_daily_conversations_per_business: tier, max_phone_numbers_per_business: 20 };
  const time = Math.floor(world.now() / 1000);
  for (const wabaId of world.accounts.keys())
    void world.webhooks.post({ wabaId, field: 'business_capability_update', value, time });
}
