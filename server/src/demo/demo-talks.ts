import { newId } from '../platform/ids.ts';
import { place, seal } from '../platform/sealed.ts';
import type { DemoCompany } from './demo-company.ts';
import type { DemoPerson } from './demo-people.ts';

export interface SeedPlace {
  tenantId: string;
  numberId: string;
  /** Members who answer, in turn. */
  memberIds: string[];
}

export interface SeedMessage {
  id: string;
  conversationId: string;
  body: Buffer;
  direction: 'INBOUND' | 'OUTBOUND';
  status: 'RECEIVED' | 'DELIVERED' | 'READ' | 'FAILED';
  authorId: string | null;
  failureCode: number | null;
  at: Date;
}

export interface SeedConversation {
  id: string;
  contactId: string;
  status: 'OPEN' | 'RESOLVED';
  assigneeId: string | null;
  unread: number;
  lastInboundAt: Date;
  messages: SeedMessage[];
}

interface Line {
  text: string;
  isInbound: boolean;
  at: Date;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Hours since the first customers' last messages: one window is about to close, one just did. */
const SPECIAL = [0.05, 0.2, 22.9, 24.4, 0.6, 0.9];
/** "The number is not on WhatsApp." */
const UNDELIVERABLE = 131_026;

/** A number from 0 to 1 that is always the same for the same customer and question, and looks like chance. */
function chance(index: number, question: number): number {
  let mixed = Math.imul(index * 374_761_393 + question * 668_265_263, 1_274_126_177);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 2_246_822_519);
  mixed ^= mixed >>> 13;
  return (mixed >>> 0) / 2 ** 32;
}

/** What one customer and the company said to one another up to now: the same for the same index, whoever the customer is. */
export function demoTalk(company: DemoCompany, where: SeedPlace, person: DemoPerson, index: number, now: Date): SeedConversation {
  const { tenantId, memberIds } = where;
  const assigneeId = chance(index, 1) < 0.2 ? null : (memberIds[Math.floor(chance(index, 2) * memberIds.length)] ?? null);
  const sinceLast = (SPECIAL[index] ?? 0.3 * (index - 4) ** 1.25) * HOUR;
  const lines = linesOf(company, index, new Date(now.getTime() - sinceLast));
  const conversationId = newId();
  const messages = lines.map(({ text, isInbound, at }, position): SeedMessage => {
    const id = newId();
    const status = statusOf(index, isInbound, position === lines.length - 1);
    return {
      id,
      conversationId,
      body: seal(person.key, place(tenantId, 'message', 'body', id), text),
      direction: isInbound ? 'INBOUND' : 'OUTBOUND',
      status,
      authorId: isInbound ? null : (assigneeId ?? memberIds[0] ?? null),
      failureCode: status === 'FAILED' ? UNDELIVERABLE : null,
      at,
    };
  });
  const isAnswered = !lines.at(-1)?.isInbound;
  return {
    id: conversationId,
    contactId: person.contactId,
    status: isAnswered && sinceLast > 60 * HOUR ? 'RESOLVED' : 'OPEN',
    assigneeId,
    unread: !isAnswered && sinceLast < 40 * HOUR ? 1 : 0,
    lastInboundAt: lines.findLast((line) => line.isInbound)?.at ?? now,
    messages,
  };
}

/** Several talks, days apart; the last one has come to a different point for each customer. */
function linesOf(company: DemoCompany, index: number, end: Date): Line[] {
  const count = 2 + Math.floor(chance(index, 3) * 4);
  const start = Math.floor(chance(index, 4) * company.talks.length);
  const talks = Array.from({ length: count }, (_, turn) => company.talks[(start + turn * 5) % company.talks.length] ?? []);
  const texts = talks.flatMap((talk, turn) => {
    const said = turn === count - 1 ? talk.slice(0, 1 + Math.floor(chance(index, 5) * talk.length)) : talk;
    return said.map((text, position) => ({ text, turn, isInbound: position % 2 === 0 }));
  });
  return texts.map(({ text, turn, isInbound }, position) => {
    const pauses = (texts.length - 1 - position) * (1 + chance(index, 6) * 6) * MINUTE;
    const days = (count - 1 - turn) * (20 + chance(index, 7) * 70) * HOUR;
    return { text, isInbound, at: new Date(end.getTime() - pauses - days) };
  });
}

function statusOf(index: number, isInbound: boolean, isLast: boolean): SeedMessage['status'] {
  if (isInbound) return 'RECEIVED';
  if (!isLast) return 'READ';
  if (chance(index, 8) < 0.09) return 'FAILED';
  return chance(index, 9) < 0.4 ? 'DELIVERED' : 'READ';
}
