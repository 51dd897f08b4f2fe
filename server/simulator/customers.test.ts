import { afterEach, describe, expect, it } from 'vitest';
import type { WireMessage } from '../src/whatsapp/wire.ts';
import { Dialogue, type Lines } from './dialogue.ts';
import { arabic } from './lines-ar.ts';
import { english } from './lines-en.ts';
import type { SimulatedCustomer } from './options.ts';
import { Random } from './random.ts';
import { ada, post, startBoth, text } from './test-business.ts';

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start(settings: Parameters<typeof startBoth>[0], customers: SimulatedCustomer[], seed = 7) {
  const both = await startBoth({ customersWrite: true, trustUnseen: true, ...settings }, { customers, seed });
  closing.push(
    () => both.simulator.close(),
    () => both.business.close(),
  );
  return both;
}

const bodies = (messages: WireMessage[]) => messages.map((message) => (message.text as { body: string }).body);
const fatima: SimulatedCustomer = { phone: '+966500000001', name: 'فاطمة', phoneNumberId: '7002', locale: 'ar' };
const isArabic = (line: string) => /\p{Script=Arabic}/u.test(line);

function linesOf({ topics, replies, assents, goodbyes, nudges, afterthoughts }: Lines): string[] {
  const asked = topics.flatMap(({ opening, next }) => [...opening, ...next]);
  return [...asked, ...replies.flatMap(({ say }) => say), ...assents, ...goodbyes, ...nudges, ...afterthoughts];
}

describe('customers who write', () => {
  it('write in their own language to their own number', async () => {
    const { business } = await start({ writeEveryMs: 1 }, [ada, fatima]);
    await expect.poll(() => business.messages().length, { timeout: 8_000 }).toBeGreaterThan(15);
    const from = (phone: string) => bodies(business.messages().filter((message) => message.from === phone));
    expect(from('966500000001').filter(isArabic).length).toBeGreaterThan(0);
    expect(from('4915550001').length).toBeGreaterThan(0);
    expect(from('4915550001').some(isArabic)).toBe(false);
  }, 15_000);

  it('stop at their daily number, and when they are told to', async () => {
    const { simulator, business } = await start({ writeEveryMs: 1, writesPerDay: 3 }, [ada]);
    await expect.poll(() => business.messages().length, { timeout: 8_000 }).toBe(3);
    await new Promise((passed) => setTimeout(passed, 500));
    expect(business.messages()).toHaveLength(3);
    simulator.control.settings.writesPerDay = 1_000;
    simulator.control.settings.customersWrite = false;
    await new Promise((passed) => setTimeout(passed, 500));
    expect(business.messages()).toHaveLength(3);
  }, 15_000);

  it('answer what the business wrote', async () => {
    const { simulator, business } = await start({ writeEveryMs: 1 }, [ada]);
    await post(simulator, { ...text, text: { body: 'Hello! What is your order number, please?' } });
    const answers = () => bodies(business.messages()).filter((line) => /^(It's|Sure:|One second…) #A-\d{4}/.test(line));
    await expect.poll(() => answers().length, { timeout: 8_000 }).toBeGreaterThan(0);
  }, 15_000);
});

describe('customers who do more than write texts', () => {
  it('send every kind of message, react, and tap on what they are offered', async () => {
    const settings = { writeEveryMs: 1, otherPercent: 60, pairBurst: 1_000 };
    const { simulator, business } = await start(settings, [ada]);
    const buttons = [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }];
    const interactive = { type: 'button', body: { text: 'Shall we?' }, action: { buttons } };
    await post(simulator, { ...text, text: undefined, type: 'interactive', interactive });
    await expect.poll(() => business.messages().some(({ type }) => type === 'interactive'), { timeout: 8_000 }).toBe(true);
    await post(simulator, text);
    const kinds = () => new Set(business.messages().map(({ type }) => type));
    const wanted = ['text', 'image', 'audio', 'location', 'document', 'sticker', 'reaction', 'interactive'];
    await expect.poll(() => wanted.filter((type) => !kinds().has(type)), { timeout: 8_000 }).toEqual([]);
  }, 20_000);

  it('do the same again from the same seed', async () => {
    const settings = { writeEveryMs: 1, otherPercent: 60, writesPerDay: 12 };
    const one = await start(settings, [ada], 11);
    const other = await start(settings, [ada], 11);
    await expect.poll(() => other.business.messages().length + one.business.messages().length, { timeout: 8_000 }).toBe(24);
    const kinds = (messages: WireMessage[]) => messages.map(({ type }) => type);
    expect(kinds(one.business.messages())).toEqual(kinds(other.business.messages()));
  }, 15_000);
});

describe('dialogues', () => {
  it('are the same from the same seed', () => {
    const said = (seed: number) => {
      const dialogue = new Dialogue(english, new Random(seed));
      return Array.from({ length: 20 }, () => dialogue.next());
    };
    expect(said(3)).toEqual(said(3));
    expect(said(3)).not.toEqual(said(4));
  });

  it('open, react, ask on, take leave and begin anew', () => {
    const dialogue = new Dialogue(arabic, new Random(5));
    const openings = arabic.topics.flatMap(({ opening }) => opening.map((line) => line.split('{')[0]!));
    expect(openings.some((line) => dialogue.next()[0]!.startsWith(line))).toBe(true);
    dialogue.hear('ممكن رقم الطلب؟');
    expect(dialogue.next()[0]).toMatch(/[٠-٩]{4}/);
    const later = Array.from({ length: 4 }, () => (dialogue.hear('تم'), dialogue.next()[0]!));
    expect(later.some((line) => (arabic.goodbyes as readonly string[]).includes(line))).toBe(true);
  });

  it.each([
    ['en', english],
    ['ar', arabic],
  ])('have 60 to 110 lines in %s, every word filled', (locale, lines) => {
    const all = linesOf(lines);
    expect(all.length).toBeGreaterThanOrEqual(60);
    expect(all.length).toBeLessThanOrEqual(110);
    expect(new Set(all).size).toBe(all.length);
    for (const line of all) for (const [, word] of line.matchAll(/\{(\w+)\}/g)) expect(lines.words).toHaveProperty(word!);
    const letters = all.filter((line) => /\p{L}/u.test(line.replace(/\{\w+\}/g, '')));
    for (const line of letters) expect(isArabic(line)).toBe(locale === 'ar');
  });
});
