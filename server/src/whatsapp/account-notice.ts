/**
 * What Meta tells about accounts, numbers, templates and people beside messages. Words in capitals are Meta's own and may grow: treat one you do not
 * know as news without consequence. Times are unix ms.
 */
export type AccountNotice =
  | TemplateStatusNotice
  | TemplateQualityNotice
  | TemplateCategoryNotice
  | TemplateComponentsNotice
  | NumberQualityNotice
  | NumberNameNotice
  | CapabilityNotice
  | AccountUpdateNotice
  | AccountAlertNotice
  | AccountReviewNotice
  | SecurityNotice
  | PreferenceNotice
  | UserIdNotice
  | UsernameNotice;

export interface TemplateRef {
  /** Meta's id. */
  templateId: string;
  name?: string;
  /** As the API writes it: `en_US`. */
  language?: string;
}

export interface TemplateStatusNotice extends TemplateRef {
  kind: 'template-status';
  /** APPROVED, REJECTED, PAUSED, DISABLED, PENDING, IN_APPEAL, PENDING_DELETION, DELETED, ARCHIVED, FLAGGED, LOCKED, REINSTATED, LIMIT_EXCEEDED. */
  event: string;
  category?: string;
  /** INVALID_FORMAT, ABUSIVE_CONTENT …; absent when Meta says NONE. */
  reason?: string;
  /** FIRST_PAUSE, SECOND_PAUSE, RATE_LIMITING_PAUSE, UNPAUSE or DISABLED. */
  detail?: string;
  description?: string;
  recommendation?: string;
  disabledAt?: number;
}

export interface TemplateQualityNotice extends TemplateRef {
  kind: 'template-quality';
  /** GREEN, YELLOW, RED or UNKNOWN. */
  quality: string;
  previous?: string;
}

export interface TemplateCategoryNotice extends TemplateRef {
  kind: 'template-category';
  /** The category that holds now. */
  category: string;
  previous?: string;
  /** The one Meta is going to put in its place … */
  coming?: string;
  /** … at this time. */
  comingAt?: number;
}

/** The text of a template was changed at Meta: it has to be read anew. */
export interface TemplateComponentsNotice extends TemplateRef {
  kind: 'template-components';
}

export interface NumberQualityNotice {
  kind: 'number-quality';
  /** Digits. */
  displayPhone?: string;
  /** ONBOARDING, THROUGHPUT_UPGRADE; formerly FLAGGED, UNFLAGGED, UPGRADE, DOWNGRADE. */
  event: string;
  /** People the portfolio may begin with in 24 h: null for unlimited, undefined when nothing is said about it. */
  limit?: number | null;
}

export interface NumberNameNotice {
  kind: 'number-name';
  displayPhone?: string;
  /** APPROVED, DEFERRED, PENDING or REJECTED. */
  decision: string;
  name?: string;
  reason?: string;
}

export interface CapabilityNotice {
  kind: 'capability';
  /** As of `number-quality`. */
  limit?: number | null;
  maxNumbers?: number;
}

export interface AccountUpdateNotice {
  kind: 'account-update';
  /** ACCOUNT_DELETED, ACCOUNT_VIOLATION, DISABLED_UPDATE, PARTNER_REMOVED … */
  event: string;
  violation?: string;
  /** SCHEDULE_FOR_DISABLE, DISABLE or REINSTATE. */
  banState?: string;
  banDate?: string;
  ownerBusinessId?: string;
  disconnectionReason?: string;
  tier?: { category?: string; region?: string; range?: string; month?: string };
}

export interface AccountAlertNotice {
  kind: 'account-alert';
  /** BUSINESS or PHONE_NUMBER. */
  entityType?: string;
  entityId?: string;
  /** INFORMATIONAL, WARNING or CRITICAL. */
  severity?: string;
  status?: string;
  /** OBA_APPROVED, PROFILE_PICTURE_LOST … */
  type: string;
  description?: string;
}

export interface AccountReviewNotice {
  kind: 'account-review';
  /** APPROVED, REJECTED, PENDING or DEFERRED. */
  decision: string;
}

export interface SecurityNotice {
  kind: 'security';
  displayPhone?: string;
  /** PIN_CHANGED, PIN_RESET_REQUEST or PIN_REQUEST_SUCCESS. */
  event: string;
}

/** A person stopped or resumed marketing messages of this number. */
export interface PreferenceNotice {
  kind: 'marketing-preference';
  wants: boolean;
  /** Digits. At least one of phone and user id is there. */
  phone?: string;
  userId?: string;
  parentUserId?: string;
  at?: number;
}

/** A person's user id changed, told the way Meta gave up in August 2026; now such news are system messages. */
export interface UserIdNotice {
  kind: 'user-id';
  phone?: string;
  previousUserId?: string;
  userId: string;
  previousParentUserId?: string;
  parentUserId?: string;
  at?: number;
}

/** Our own number's username. */
export interface UsernameNotice {
  kind: 'number-username';
  displayPhone?: string;
  username?: string;
  /** APPROVED, RESERVED or DELETED. */
  status: string;
}
