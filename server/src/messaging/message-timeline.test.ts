import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { MessageStatus } from './message-enums.ts';
import { withImplied } from './message-timeline.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 10, 0, second));
const shown = (...reported: [MessageStatus, number][]) =>
  withImplied(reported.map(([status, second]) => ({ status, at: at(second) }))).map(({ status, isImplied }) =>
    isImplied ? `(${status})` : status,
  );

describe('the timeline of a message', () => {
  it('marks what WhatsApp never reported but what follows from a later status', () => {
    const { QUEUED, ACCEPTED, READ } = MessageStatus;
    expect(shown([QUEUED, 0], [ACCEPTED, 1], [READ, 9])).toEqual(['QUEUED', 'ACCEPTED', '(SENT)', '(DELIVERED)', 'READ']);
    expect(withImplied([{ status: READ, at: at(9) }]).every((change) => change.at.getTime() === at(9).getTime())).toBe(true);
  });

  it('keeps to the order of the way where the clocks of WhatsApp and ours disagree', () => {
    const { QUEUED, ACCEPTED, SENT, DELIVERED } = MessageStatus;
    expect(shown([DELIVERED, 1], [SENT, 1], [ACCEPTED, 2], [QUEUED, 2])).toEqual(['QUEUED', 'ACCEPTED', 'SENT', 'DELIVERED']);
  });

  it('tells a failure after what came before it', () => {
    const { QUEUED, ACCEPTED, FAILED } = MessageStatus;
    expect(shown([FAILED, 0], [ACCEPTED, 1], [QUEUED, 1])).toEqual(['QUEUED', 'ACCEPTED', 'FAILED']);
  });

  it('says nothing of a message that was received', () => {
    expect(withImplied([])).toEqual([]);
  });
});
