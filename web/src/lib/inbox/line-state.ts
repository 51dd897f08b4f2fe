/**
 * The live line as a state machine. `wavering` is a cut too short to be worth a word; `offline` and what follows are shown.
 * The cursor is that of the last change taken in: after a cut the line continues from it.
 */
export interface LineState {
  phase: 'connecting' | 'live' | 'wavering' | 'offline' | 'catching-up' | 'caught-up';
  cursor: string;
  /** Where the log stood when the line came back: the change that carries it ends the catching up. */
  target: string | null;
  /** Changes that arrived while catching up. */
  missed: number;
  /** Cuts since the line last held for a while: a server that lets in and closes at once is asked ever less often. */
  attempts: number;
  /** The log no longer reaches back to the cursor: the screens have to be read anew before the line can go on. */
  isStale: boolean;
}

export type LineEvent =
  | { kind: 'connected' }
  | { kind: 'target'; cursor: string }
  | { kind: 'change'; cursor: string }
  | { kind: 'quiet' }
  | { kind: 'steady' }
  | { kind: 'cut' }
  | { kind: 'resync' }
  | { kind: 'long-cut' }
  | { kind: 'shown' };

/** A line that has yet to connect; `attempts` are those made since it last held. */
export function startLine(cursor: string, attempts = 0): LineState {
  return { phase: 'connecting', cursor, target: null, missed: 0, attempts, isStale: false };
}

/** What the line becomes by an event. */
export function nextLine(state: LineState, event: LineEvent): LineState {
  switch (event.kind) {
    case 'connected':
      return { ...state, phase: state.phase === 'offline' ? 'catching-up' : 'live', target: null, missed: 0 };
    case 'target':
      if (state.phase !== 'catching-up') return state;
      return event.cursor === state.cursor ? { ...state, phase: 'caught-up' } : { ...state, target: event.cursor };
    case 'change': {
      if (state.phase !== 'catching-up') return { ...state, cursor: event.cursor };
      const phase = event.cursor === state.target ? 'caught-up' : 'catching-up';
      return { ...state, phase, cursor: event.cursor, missed: state.missed + 1 };
    }
    case 'quiet':
      return state.phase === 'catching-up' ? { ...state, phase: 'caught-up' } : state;
    case 'steady':
      return isUp(state) ? { ...state, attempts: 0 } : state;
    case 'cut':
      return { ...state, phase: isUp(state) ? 'wavering' : state.phase, attempts: state.attempts + 1 };
    case 'resync':
      return { ...nextLine(state, { kind: 'cut' }), isStale: true };
    case 'long-cut':
      return isUp(state) ? state : { ...state, phase: 'offline' };
    case 'shown':
      return state.phase === 'caught-up' ? { ...state, phase: 'live' } : state;
  }
}

/** Whether changes are arriving, or would if there were any. */
export function isUp(state: LineState): boolean {
  return state.phase === 'live' || state.phase === 'catching-up' || state.phase === 'caught-up';
}
