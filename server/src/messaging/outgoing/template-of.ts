import type { Transaction } from '../../platform/context.ts';
import { RuleBroken } from '../../platform/user-errors.ts';
import { OBSTACLE_WORDS, obstacleOf } from '../../templates/obstacle-of.ts';
import { Template } from '../../templates/template.ts';
import { carriesCode } from '../../whatsapp/template-variables.ts';
import { MessageKind } from '../message-enums.ts';
import type { Message } from '../message.ts';
import type { ToSend } from './refuse-send.ts';

/** The template that a message was made of, as it is now; null where there is none. */
export async function templateOf(tx: Transaction, { templateId }: Message): Promise<Template | null> {
  return templateId === null ? null : tx.em.findOne(Template, templateId);
}

/** What of a message that was written before decides whether it may be sent now. */
export function toSendOf({ kind, category }: Message, template: Template | null): ToSend {
  return {
    isTemplate: kind === MessageKind.TEMPLATE,
    category,
    needsPhone: template !== null && carriesCode(template.components),
  };
}

/** Refuses a message whose template Meta has stopped since. Throws TEMPLATE_NOT_APPROVED. */
export function refuseStopped(template: Template | null, field: string[]): void {
  const obstacle = template && obstacleOf(template);
  if (obstacle) throw new RuleBroken('TEMPLATE_NOT_APPROVED', OBSTACLE_WORDS[obstacle], field);
}
