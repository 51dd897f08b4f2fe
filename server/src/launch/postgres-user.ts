import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** The system user PostgreSQL runs as. */
export interface ServerUser {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root: then it runs as `postgres`, or `nobody` where that user does not exist. Gives undefined when
 * this process is an ordinary user, who runs the server itself. Throws when root finds neither.
 */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const user = findUser('postgres') ?? findUser('nobody');
  if (!user)
    throw new Error(
      'PostgreSQL cannot run as root, and there is no user postgres or nobody. Start as an ordinary user, or set DATABASE_URL.',
    );
  return user;
}

/** Whether `user` may pass through every existing folder from `/` down to `place`. Undefined stands for this process itself. */
export function canReach(place: string, user: ServerUser | undefined): boolean {
  if (!user) return true;
  for (let folder = path.resolve(place); ; folder = path.dirname(folder)) {
    if (existsSync(folder) && !maySearch(folder, user)) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

function maySearch(folder: string, { uid, gid }: ServerUser): boolean {
  const found = statSync(folder);
  const bit = found.uid === uid ? 0o100 : found.gid === gid ? 0o010 : 0o001;
  return (found.mode & bit) !== 0;
}

function findUser(name: string): ServerUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (!uid || !gid) return undefined;
  // macOS writes nobody as -2; the system calls take it as an unsigned number.
  return { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 };
}
