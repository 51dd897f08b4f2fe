import { tierOf } from './read-account.ts';
import { collect, type Whole } from './collect-pages.ts';
import { type Graph, part } from './graph.ts';
import type { Outcome } from './outcome.ts';
import { idOf, isJson, objectOf, unixMs, wordsOf } from './read-json.ts';

/** How a number stands at Meta. Words in capitals are Meta's own and may grow. */
export interface NumberAtMeta {
  phoneNumberId: string;
  /** As people write it, such as `+49 30 55501`. */
  displayPhone: string;
  verifiedName: string;
  /** GREEN, YELLOW, RED, NA or UNKNOWN. */
  quality?: string;
  /** VERIFIED, NOT_VERIFIED or EXPIRED. */
  codeVerification?: string;
  /** APPROVED, AVAILABLE_WITHOUT_REVIEW, DECLINED, EXPIRED, PENDING_REVIEW or NONE. */
  nameStatus?: string;
  newNameStatus?: string;
  /** CONNECTED, PENDING, FLAGGED, RESTRICTED, BANNED … */
  status?: string;
  /** CLOUD_API, ON_PREMISE or NOT_APPLICABLE. */
  platform?: string;
  /** LIVE or SANDBOX. */
  accountMode?: string;
  /** STANDARD, HIGH or NOT_APPLICABLE. */
  throughput?: string;
  isOfficial?: boolean;
  /** Also used in the app on a phone, which makes it slower. */
  isOnApp?: boolean;
  onboardedAt?: number;
  /** People its portfolio may begin with in 24 h; null for unlimited, undefined when Meta does not say. */
  messagingLimit?: number | null;
}

const FIELDS = [
  'id',
  'display_phone_number',
  'verified_name',
  'quality_rating',
  'code_verification_status',
  'name_status',
  'new_name_status',
  'status',
  'platform_type',
  'account_mode',
  'throughput',
  'is_official_business_account',
  'is_on_biz_app',
  'last_onboarded_time',
  'whatsapp_business_manager_messaging_limit',
].join(',');

/** Meta's words for a number whose code nobody entered, that was never registered, or that is so no longer. */
const UNREGISTERED = new Set(['UNVERIFIED', 'PENDING', 'DISCONNECTED']);

/** Whether a number may use the Cloud API: it gets 133010 for every message otherwise. */
export function isRegistered({ status }: NumberAtMeta): boolean {
  return status === undefined || !UNREGISTERED.has(status);
}

/** Asks Meta whether this token may use this number, and how the number stands. */
export function readNumber(graph: Graph, phoneNumberId: string, token: string): Promise<Outcome<NumberAtMeta>> {
  return graph.ask({ method: 'GET', path: `${part(phoneNumberId)}?fields=${FIELDS}`, token }, readOne);
}

/** The numbers of an account: up to 1,000. */
export function listNumbers(graph: Graph, wabaId: string, token: string): Promise<Outcome<Whole<NumberAtMeta>>> {
  return collect(graph, { path: `${part(wabaId)}/phone_numbers?fields=${FIELDS}`, token, limit: 100, maxPages: 10 }, readOne);
}

function readOne(body: unknown): NumberAtMeta | undefined {
  if (!isJson(body)) return undefined;
  const phoneNumberId = idOf(body.id);
  const displayPhone = wordsOf(body.display_phone_number);
  const { verified_name: verifiedName } = body;
  if (phoneNumberId === undefined || displayPhone === undefined) return undefined;
  return {
    phoneNumberId,
    displayPhone,
    verifiedName: wordsOf(verifiedName) ?? '',
    quality: idOf(body.quality_rating),
    codeVerification: idOf(body.code_verification_status),
    nameStatus: idOf(body.name_status),
    newNameStatus: idOf(body.new_name_status),
    status: idOf(body.status),
    platform: idOf(body.platform_type),
    accountMode: idOf(body.account_mode),
    throughput: idOf(objectOf(body.throughput).level),
    isOfficial: flagOf(body.is_official_business_account),
    isOnApp: flagOf(body.is_on_biz_app),
    onboardedAt: timeOf(body.last_onboarded_time),
    messagingLimit: tierOf(body.whatsapp_business_manager_messaging_limit),
  };
}

function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** Meta writes times of the graph as text with a zone, such as `2026-10-01T08:00:00+0000`. */
function timeOf(value: unknown): number | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? unixMs(value) : ms;
}
