import type { WireLocation } from '../src/whatsapp/wire.ts';
import type { Person } from './people.ts';
import { reactToMessage } from './react-to-message.ts';
import { isTappable, tap } from './tap.ts';
import { type CustomerMessage, writeMessage } from './write-message.ts';
import type { World } from './world.ts';

const TAP_PERCENT = 80;
const PLACES: readonly [WireLocation, ...WireLocation[]] = [
  { latitude: 24.7113, longitude: 46.6744, name: 'Kingdom Centre', address: 'Al Urubah Road, Riyadh' },
  { latitude: 52.5219, longitude: 13.4132, name: 'Alexanderplatz', address: 'Alexanderplatz, Berlin' },
  { latitude: 51.5079, longitude: -0.0877, name: 'London Bridge', address: 'London Bridge, London' },
];
const EMOJI = ['👍', '❤️', '🙏', '😂', '😮'] as const;
const KINDS = ['image', 'voice', 'location', 'document', 'sticker', 'reaction'] as const;

/** What a customer who writes by themselves has to say: as a text, and at times by a tap, a picture, a voice note or another kind of message. */
export function writeSomehow(world: World, person: Person, text: string): void {
  const { settings } = world;
  const random = world.randoms.customers;
  const { phoneNumberId } = person.number;
  const customer =
    person.waId === person.userId ? { userId: person.userId, phoneNumberId } : { phone: person.waId, phoneNumberId };
  if (!random.chance(settings.otherPercent)) return void writeMessage(world, { ...customer, text });
  const heard = world.chats.of(phoneNumberId, person.waId).messages.findLast(({ from }) => from === 'business');
  if (heard && isTappable(heard) && random.chance(TAP_PERCENT))
    return void tap(world, { ...customer, messageId: heard.id, index: 0 });
  const kind = random.pick(KINDS);
  if (kind === 'reaction' && heard)
    return void reactToMessage(world, { ...customer, messageId: heard.id, emoji: random.pick(EMOJI) });
  writeMessage(world, { ...customer, ...otherMessage(world, kind, text) });
}

function otherMessage(
  { randoms: { customers: random } }: World,
  kind: (typeof KINDS)[number],
  text: string,
): Pick<CustomerMessage, 'text' | 'media' | 'type' | 'content'> {
  switch (kind) {
    case 'image':
      return { text, media: { sample: random.pick(['jpeg', 'png']) } };
    case 'voice':
      return { media: { sample: 'ogg' } };
    case 'document':
      return { text, media: { sample: 'pdf' } };
    case 'sticker':
      return { media: { sample: 'webp' } };
    case 'location':
      return { type: 'location', content: random.pick(PLACES) };
    default:
      return { text };
  }
}
