import { Contact } from '../contacts/contact.ts';
import { ContactIdentity, IdentityKind } from '../contacts/contact-identity.ts';
import { Conversation } from '../conversations/conversation.ts';
import { WhatsappNumber } from '../conversations/whatsapp-number.ts';
import type { Context } from '../platform/context.ts';
import { fault } from '../platform/faults.ts';
import { findById } from '../platform/find-by-id.ts';
import { queryIn } from '../platform/query.ts';
import { countryOf } from '../whatsapp/prices.ts';
import { type CostEstimate, estimateCost, estimateForCountry, type ToEstimate } from './estimate-cost.ts';
import { Template } from './template.ts';

export interface PriceAsked {
  conversationId?: string | null;
  to?: string | null;
  contactId?: string | null;
  whatsappNumberId?: string | null;
  templateId?: string | null;
}

export interface PriceShown extends Omit<CostEstimate, 'micros'> {
  amount: number | null;
}

/** What a message would cost if it went out now. Throws BAD_USER_INPUT unless a conversation, or a phone or a contact and a number, are given. */
export async function messagePrice(ctx: Context, asked: PriceAsked): Promise<PriceShown | null> {
  const { conversationId, to, contactId, whatsappNumberId, templateId } = asked;
  if ([conversationId, to, contactId].filter(Boolean).length !== 1 || Boolean(conversationId) === Boolean(whatsappNumberId))
    throw fault('BAD_USER_INPUT', 'Give either a conversation, or a phone or a contact and one of your numbers.');
  const em = await ctx.reading();
  const template = templateId ? await findById(em, Template, templateId) : null;
  if (templateId && !template) return null;
  const templateCategory = template?.category;
  if (whatsappNumberId) {
    const number = await findById(em, WhatsappNumber, whatsappNumberId);
    const person = to ? await contactWith(ctx, to) : await knownContact(ctx, contactId as string);
    if (!number || (contactId && !person)) return null;
    if (person) return shownPrice(await estimateFor(ctx, { contactId: person, numberId: number.id, templateCategory }));
    return shownPrice(estimateForCountry(countryOf({ phone: to as string }), ctx.services.clock.now(), templateCategory));
  }
  const conversation = await findById(em, Conversation, conversationId ?? '');
  if (!conversation) return null;
  return shownPrice(
    await estimateFor(ctx, { contactId: conversation.contact.id, numberId: conversation.number.id, templateCategory }),
  );
}

async function estimateFor(ctx: Context, asked: ToEstimate): Promise<CostEstimate> {
  return estimateCost(ctx, queryIn(await ctx.reading()), asked);
}

/** The contact with this id, or the one that it was merged into, as `sendMessage` has it. */
async function knownContact(ctx: Context, id: string): Promise<string | undefined> {
  const contact = await findById(await ctx.reading(), Contact, id);
  return contact?.mergedIntoId ?? contact?.id;
}

async function contactWith(ctx: Context, phone: string): Promise<string | undefined> {
  const { keys } = ctx.services;
  const em = await ctx.reading();
  await keys.loadTenants(queryIn(em), [ctx.me.tenantId]);
  const valueIndex = keys.blind(ctx.me.tenantId, 'identity.PHONE', phone);
  return (await em.findOne(ContactIdentity, { kind: IdentityKind.PHONE, valueIndex }))?.contact.id;
}

export function shownPrice({ category, priceType, market, micros, currency }: CostEstimate): PriceShown {
  return { category, priceType, market, amount: micros === null ? null : micros / 1e6, currency };
}
