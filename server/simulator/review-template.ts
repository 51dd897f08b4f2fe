import type { Template } from './templates.ts';
import { postTemplateStatus } from './template-webhooks.ts';
import type { World } from './world.ts';

const REASONS = ['INVALID_FORMAT', 'PROMOTIONAL', 'TAG_CONTENT_MISMATCH', 'INCORRECT_CATEGORY'] as const;

/** Meta's look at a new or edited template: some time later it is approved or rejected. One named like "reject" always is rejected. */
export async function reviewTemplate(world: World, template: Template): Promise<void> {
  const { settings, pauses } = world;
  const random = world.randoms.reviews.fork();
  const isRejected = template.name.includes('reject') || random.chance(settings.rejectPercent);
  const reason = isRejected ? random.pick(REASONS) : 'NONE';
  if (!(await pauses.pause(random.between(settings.reviewMs))) || template.status !== 'PENDING') return;
  template.status = isRejected ? 'REJECTED' : 'APPROVED';
  template.rejectedReason = reason;
  const recommendation = 'Change the text so that it fits the category, then submit it again.';
  const more = { rejection_info: { reason: 'The text does not follow the guidelines.', recommendation } };
  postTemplateStatus(world, template, template.status, isRejected ? more : {});
}
