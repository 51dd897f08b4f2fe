import { postTemplateCategory, postTemplateComponents, postTemplateQuality, postTemplateStatus } from './template-webhooks.ts';
import { type PauseKind, type Template, type TemplateStatus, normal } from './templates.ts';
import type { TemplateComponentDefinition } from '../src/whatsapp/wire.ts';
import type { World } from './world.ts';

/** What Meta may change about a template. */
export interface TemplateChange {
  status?: TemplateStatus;
  /** Of a pause; by default the first and second are of quality, later ones of pacing. */
  pause?: PauseKind;
  /** Of a rejection. */
  reason?: string;
  quality?: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
  category?: 'AUTHENTICATION' | 'MARKETING' | 'UTILITY';
  /** Announced a day before it becomes the category. */
  correctCategory?: 'AUTHENTICATION' | 'MARKETING' | 'UTILITY';
  components?: TemplateComponentDefinition[];
}

export type TemplateRef = string | { wabaId: string; name: string; language: string };

const PAUSES: PauseKind[] = ['FIRST_PAUSE', 'SECOND_PAUSE'];

/** Changes a template as Meta would, with the webhooks that go with it. Throws RangeError for one that does not exist. */
export function steerTemplate(world: World, ref: TemplateRef, change: TemplateChange): void {
  const template = typeof ref === 'string' ? world.templates.get(ref) : world.templates.find(ref.wabaId, ref.name, ref.language);
  if (!template) throw new RangeError('No such template');
  const { status, reason, pause, quality, category, correctCategory, components } = change;
  if (status) changeStatus(world, template, status, { reason, pause });
  if (quality && quality !== template.quality) {
    const previous = template.quality;
    template.quality = quality;
    postTemplateQuality(world, template, previous);
  }
  if (correctCategory) {
    template.correctCategory = correctCategory;
    postTemplateCategory(world, template);
  }
  if (category && category !== template.category) {
    const previous = template.category;
    template.category = category;
    template.correctCategory = undefined;
    postTemplateCategory(world, template, previous);
  }
  if (components) {
    template.components = components.map(normal);
    postTemplateComponents(world, template);
  }
}

function changeStatus(
  world: World,
  template: Template,
  status: TemplateStatus,
  { reason = 'INVALID_FORMAT', pause }: Pick<TemplateChange, 'reason' | 'pause'>,
): void {
  template.status = status;
  template.rejectedReason = status === 'REJECTED' ? reason : 'NONE';
  if (status === 'PAUSED') {
    template.pause = pause ?? PAUSES[template.pauses++] ?? 'RATE_LIMITING_PAUSE';
    const description = template.pause === 'RATE_LIMITING_PAUSE' ? 'Paused while it was paced.' : 'Paused for low quality.';
    postTemplateStatus(world, template, status, { other_info: { title: template.pause, description } });
  } else if (status === 'DISABLED') {
    const disable_info = { disable_date: Math.floor(world.now() / 1000) };
    postTemplateStatus(world, template, status, {
      disable_info,
      other_info: { title: 'DISABLED', description: 'Disabled for low quality.' },
    });
  } else postTemplateStatus(world, template, status);
}
