import type { WirePricing, WireStatus } from '../src/whatsapp/wire.ts';
import type { Chat } from './chats.ts';
import type { Settings } from './options.ts';

const WINDOW_SECONDS = 24 * 3600;
const SERVICE: WirePricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' };

/** What a message costs: free-form messages are of the category `service`, templates of their own. */
export function pricingOf(settings: Settings, chat: Chat, category: string, isOpen: boolean, now: number): WirePricing {
  if (now < chat.freeUntil) return { billable: false, pricing_model: 'PMP', type: 'free_entry_point', category };
  if (settings.freeService && isOpen && (category === 'service' || category === 'utility'))
    return { billable: false, pricing_model: 'PMP', type: 'free_customer_service', category };
  return category === 'service' ? SERVICE : { ...SERVICE, category };
}

/** Webhooks up to version 23 name a conversation; later ones only within a free entry point. */
export function conversationOf(
  id: string,
  pricing: WirePricing,
  version: number,
  at: number,
  freeUntil: number,
): WireStatus['conversation'] | undefined {
  const isFree = pricing.type === 'free_entry_point';
  if (version > 23 && !isFree) return undefined;
  const until = isFree ? Math.floor(freeUntil / 1000) : Math.floor(at / 1000) + WINDOW_SECONDS;
  const type = isFree ? 'referral_conversion' : pricing.category;
  return { id: id.slice(-32), expiration_timestamp: String(until), origin: { type } };
}
