import type { Template, TemplateStatus } from './templates.ts';
import type { World } from './world.ts';

/** Tells the business what became of a template; webhooks write the language with a hyphen. */
export function postTemplateStatus(
  world: World,
  template: Template,
  event: TemplateStatus | 'FLAGGED' | 'LOCKED' | 'REINSTATED',
  more: Record<string, unknown> = {},
): void {
  const reason = event === 'REJECTED' ? template.rejectedReason : 'NONE';
  post(world, template, 'message_template_status_update', {
    event,
    message_template_category: template.category,
    reason,
    ...more,
  });
}

export function postTemplateQuality(world: World, template: Template, previous: string): void {
  post(world, template, 'message_template_quality_update', {
    previous_quality_score: previous,
    new_quality_score: template.quality,
  });
}

/** `previous` when the category has changed; otherwise it is about to, to `template.correctCategory`. */
export function postTemplateCategory(world: World, template: Template, previous?: string): void {
  const value = previous
    ? { previous_category: previous, new_category: template.category }
    : {
        new_category: template.category,
        correct_category: template.correctCategory,
        category_update_timestamp: Math.floor(world.now() / 1000) + 24 * 3600,
      };
  post(world, template, 'template_category_update', value);
}

/** The text of a template as it stands now. */
export function postTemplateComponents(world: World, template: Template): void {
  const part = (type: string) => template.components.find((component) => component.type === type);
  const buttons = part('BUTTONS')?.buttons?.map((button) => ({
    message_template_button_type: button.type,
    message_template_button_text: button.text ?? '',
    ...(button.url && { message_template_button_url: button.url }),
    ...(button.phone_number && { message_template_button_phone_number: button.phone_number }),
  }));
  post(world, template, 'message_template_components_update', {
    message_template_element: part('BODY')?.text ?? '',
    ...(part('HEADER')?.text && { message_template_title: part('HEADER')?.text }),
    ...(part('FOOTER')?.text && { message_template_footer: part('FOOTER')?.text }),
    ...(buttons && { message_template_buttons: buttons }),
  });
}

function post(world: World, template: Template, field: string, value: Record<string, unknown>): void {
  const ids = {
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language.replace('_', '-'),
  };
  const time = Math.floor(world.now() / 1000);
  void world.webhooks.post({ wabaId: template.wabaId, field, value: { ...ids, ...value }, time });
}
