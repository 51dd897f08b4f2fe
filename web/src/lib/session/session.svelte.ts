import type { ViewerOnScreenFragment } from '#lib/gql/graphql.ts';
import { mutate, query, RequestFault } from '#lib/api/client.ts';
import { preferences } from '#lib/preferences/preferences.svelte.ts';
import { getContext, setContext } from 'svelte';
import { readViewer, signOut } from './session-documents.ts';

/** The person at this screen, for as long as they are signed in. */
export class Session {
  readonly viewer: ViewerOnScreenFragment;
  /** Set by signing out, which is no surprise to be led back from. */
  hasEnded = false;

  constructor(viewer: ViewerOnScreenFragment) {
    this.viewer = viewer;
    preferences.suggestLocale(viewer.locale);
  }

  get memberId(): string | undefined {
    return this.viewer.member?.id;
  }

  /** Whether the role holds a permission. It only hides what the server would refuse. */
  may(permission: string): boolean {
    return this.viewer.permissions.includes(permission);
  }

  /** Ends the session on the server and forgets what this tab kept of the work. Throws RequestFault. */
  async end(): Promise<void> {
    await mutate(signOut, {});
    this.hasEnded = true;
    sessionStorage.clear();
  }
}

/** Asks who is signed in; null when nobody is. Throws RequestFault when the server does not answer. */
export async function readSession(): Promise<Session | null> {
  try {
    const { viewer } = await query(readViewer, {});
    return new Session(viewer);
  } catch (fault) {
    if (fault instanceof RequestFault && fault.fault === 'signed-out') return null;
    throw fault;
  }
}

const key = Symbol('session');

export const provideSession = (session: Session): Session => setContext(key, session);
export const useSession = (): Session => getContext(key);
