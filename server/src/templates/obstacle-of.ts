import { hasUnknown } from '../whatsapp/template-components.ts';
import { carriesCode } from '../whatsapp/template-variables.ts';
import type { Template } from './template.ts';
import { TemplateObstacle, TemplateStatus } from './template-enums.ts';

const OBSTACLES: Record<TemplateStatus, TemplateObstacle | null> = {
  APPROVED: null,
  DRAFT: TemplateObstacle.NOT_SUBMITTED,
  PENDING: TemplateObstacle.IN_REVIEW,
  IN_APPEAL: TemplateObstacle.IN_REVIEW,
  REJECTED: TemplateObstacle.REJECTED,
  PAUSED: TemplateObstacle.PAUSED,
  DISABLED: TemplateObstacle.STOPPED,
  LIMIT_EXCEEDED: TemplateObstacle.STOPPED,
  PENDING_DELETION: TemplateObstacle.GONE,
  DELETED: TemplateObstacle.GONE,
  ARCHIVED: TemplateObstacle.GONE,
};

/** What keeps a template from being sent to somebody, or null. Nobody in particular has a phone. */
export function obstacleOf(
  { status, components }: Pick<Template, 'status' | 'components'>,
  { hasPhone = true }: { hasPhone?: boolean } = {},
): TemplateObstacle | null {
  const obstacle = OBSTACLES[status];
  if (obstacle) return obstacle;
  if (hasUnknown(components)) return TemplateObstacle.KIND_NOT_SUPPORTED;
  return !hasPhone && carriesCode(components) ? TemplateObstacle.PHONE_NEEDED : null;
}

/** The same in words, for whoever tried to send it. */
export const OBSTACLE_WORDS: Record<TemplateObstacle, string> = {
  NOT_SUBMITTED: 'This template is a draft: submit it to Meta first.',
  IN_REVIEW: 'Meta has not approved this template yet.',
  REJECTED: 'Meta refused this template: change it, or choose another.',
  PAUSED: 'Meta has paused this template because of its quality: choose another.',
  STOPPED: 'Meta has stopped this template: choose another.',
  GONE: 'This template is no longer at Meta: choose another.',
  PHONE_NEEDED: 'A one-time code goes to a phone number only: choose another template.',
  KIND_NOT_SUPPORTED: 'This template holds something that cannot be sent from here: choose another.',
};
