import { RuleBroken } from '../platform/user-errors.ts';
import type { CloudApi } from '../whatsapp/cloud-api.ts';
import { answerOf } from './ask-meta.ts';

/** Meta's codes for a registration that it refuses, and what to do about each. */
const REFUSALS: Record<number, [code: ConstructorParameters<typeof RuleBroken>[0], message: string]> = {
  133005: [
    'PIN_WRONG',
    "This is not the PIN of the number's two-step verification. An administrator can set another in WhatsApp Manager; five wrong ones may lock it.",
  ],
  133006: [
    'NUMBER_NOT_VERIFIED',
    'WhatsApp has not verified this number yet. Enter its code in WhatsApp Manager first, then try again.',
  ],
  133008: ['PIN_LOCKED', 'Too many wrong PINs were tried. Wait a few hours, or set another PIN in WhatsApp Manager.'],
  133009: ['PIN_TOO_FAST', 'The PIN was tried again too fast. Wait a minute, then try again.'],
  133015: ['REGISTRATION_TOO_SOON', 'This number was deleted at WhatsApp a moment ago. Wait five minutes, then try again.'],
  133016: [
    'REGISTRATION_LIMIT_REACHED',
    'This number was registered too often: WhatsApp allows ten times in 72 hours. Try again when 72 hours have passed.',
  ],
};

/** A PIN as it was typed, without the space around it. Throws BAD_INPUT for what cannot be one. It is handed on to Meta, and kept nowhere. */
export function checkPin(text: string): string {
  const pin = text.trim();
  if (!/^[0-9]{6}$/.test(pin)) throw new RuleBroken('BAD_INPUT', 'The PIN is six digits.', ['pin']);
  return pin;
}

/**
 * Registers a number for the Cloud API with the PIN of its two-step verification, or with the one it shall have. Throws PIN_WRONG, PIN_LOCKED, PIN_TOO_FAST,
 * NUMBER_NOT_VERIFIED, REGISTRATION_TOO_SOON, REGISTRATION_LIMIT_REACHED, META_REFUSED and META_UNREACHABLE.
 */
export async function registerAtMeta(
  cloudApi: CloudApi,
  { phoneNumberId, accessToken }: { phoneNumberId: string; accessToken: string },
  pin: string,
  tokenField?: string,
): Promise<void> {
  const outcome = await cloudApi.registerNumber(phoneNumberId, accessToken, pin);
  const refusal = outcome.kind === 'refused' && outcome.error.code !== null ? REFUSALS[outcome.error.code] : undefined;
  if (refusal) throw new RuleBroken(refusal[0], refusal[1], ['pin']);
  answerOf(outcome, { field: 'pin', tokenField });
}
