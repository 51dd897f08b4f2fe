import { describe, expect, it } from 'vitest';
import { isUp, nextLine, startLine, type LineEvent } from './line-state.ts';

const after = (...events: LineEvent[]) => events.reduce(nextLine, startLine('c0'));
const change = (cursor: string): LineEvent => ({ kind: 'change', cursor });
const offline: LineEvent[] = [{ kind: 'connected' }, change('c1'), { kind: 'cut' }, { kind: 'long-cut' }];

describe('the live line', () => {
  it('says nothing of a first connection, nor of a cut that mends at once', () => {
    expect(after({ kind: 'connected' }).phase).toBe('live');
    expect(after({ kind: 'connected' }, { kind: 'cut' }, { kind: 'connected' }).phase).toBe('live');
  });

  it('says that it is offline when a cut lasts, also before the first connection', () => {
    expect(after(...offline).phase).toBe('offline');
    expect(after({ kind: 'cut' }, { kind: 'long-cut' }).phase).toBe('offline');
  });

  it('keeps the cursor of the last change across cuts', () => {
    expect(after(...offline, { kind: 'cut' }, { kind: 'cut' }).cursor).toBe('c1');
    expect(after(...offline, { kind: 'connected' }, change('c2'), { kind: 'cut' }).cursor).toBe('c2');
  });

  it('catches up until the place where the log stood, counting what was missed', () => {
    const state = after(...offline, { kind: 'connected' }, { kind: 'target', cursor: 'c3' }, change('c2'), change('c3'));
    expect([state.phase, state.missed]).toEqual(['caught-up', 2]);
  });

  it('has nothing to catch up when the log has not moved', () => {
    expect(after(...offline, { kind: 'connected' }, { kind: 'target', cursor: 'c1' }).phase).toBe('caught-up');
  });

  it('ends catching up by quiet when the last entry of the log is not for this screen', () => {
    const state = after(...offline, { kind: 'connected' }, { kind: 'target', cursor: 'c9' }, change('c2'), { kind: 'quiet' });
    expect([state.phase, state.missed]).toEqual(['caught-up', 1]);
  });

  it('counts attempts until it has held for a while, not merely connected', () => {
    expect(after(...offline, { kind: 'cut' }).attempts).toBe(2);
    expect(after(...offline, { kind: 'connected' }).attempts).toBe(1);
    expect(after(...offline, { kind: 'connected' }, { kind: 'cut' }).attempts).toBe(2);
    expect(after(...offline, { kind: 'connected' }, { kind: 'steady' }).attempts).toBe(0);
    expect(after(...offline, { kind: 'steady' }).attempts).toBe(1);
  });

  it('is not up while its cursor is too old, however often the reading fails, and says so when that lasts', () => {
    const stale = after({ kind: 'connected' }, { kind: 'resync' });
    expect([stale.phase, isUp(stale), stale.isStale, stale.attempts]).toEqual(['wavering', false, true, 1]);
    const failed = after({ kind: 'connected' }, { kind: 'resync' }, { kind: 'cut' }, { kind: 'long-cut' });
    expect([failed.phase, failed.isStale, failed.attempts]).toEqual(['offline', true, 2]);
  });

  it('goes on from what was read anew, and still counts the attempts it took', () => {
    const begun = startLine('c9', after({ kind: 'connected' }, { kind: 'resync' }, { kind: 'cut' }).attempts);
    const state = nextLine(begun, { kind: 'connected' });
    expect([state.phase, state.cursor, state.isStale, state.attempts]).toEqual(['live', 'c9', false, 2]);
  });

  it('stops saying live once it has been shown', () => {
    expect(after(...offline, { kind: 'connected' }, { kind: 'quiet' }, { kind: 'shown' }).phase).toBe('live');
  });
});
