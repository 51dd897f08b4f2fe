import type { NumberQuality, TemplateStatus } from '#lib/gql/graphql.ts';

/** The chip of a status: colour for what works, waits or went wrong, none for the rest. */
export function statusLook(status: TemplateStatus): 'ok' | 'warn' | 'bad' | 'acc' | '' {
  switch (status) {
    case 'APPROVED':
      return 'ok';
    case 'PENDING':
    case 'IN_APPEAL':
      return 'acc';
    case 'PAUSED':
    case 'LIMIT_EXCEEDED':
    case 'PENDING_DELETION':
      return 'warn';
    case 'REJECTED':
    case 'DISABLED':
      return 'bad';
    default:
      return '';
  }
}

export const qualityLook = { GREEN: 'ok', YELLOW: 'warn', RED: 'bad', UNKNOWN: '' } as const satisfies Record<
  NumberQuality,
  string
>;

export const statuses = [
  'APPROVED',
  'PENDING',
  'REJECTED',
  'DRAFT',
  'PAUSED',
  'DISABLED',
  'IN_APPEAL',
  'PENDING_DELETION',
  'LIMIT_EXCEEDED',
  'ARCHIVED',
  'DELETED',
] as const satisfies readonly TemplateStatus[];

export const categories = ['MARKETING', 'UTILITY', 'AUTHENTICATION'] as const;
