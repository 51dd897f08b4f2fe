import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Names a running process for good: its start, which no later process with the same number shares. Gives undefined when no
 * process has that number (or, on Linux, when it has ended and only waits to be collected).
 */
export function processIdentity(pid: number): string | undefined {
  try {
    return process.platform === 'linux'
      ? linuxStart(pid)
      : execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** Tells whether process `pid` runs and was started with `argument` on its command line. */
export function wasStartedWith(pid: number, argument: string): boolean {
  try {
    if (process.platform !== 'linux') return ps(pid, 'command').includes(argument);
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(argument);
  } catch {
    return false;
  }
}

/** Waits until process `pid` has ended; gives false when it still runs after `milliseconds`. */
export async function hasEnded(pid: number, milliseconds: number): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end;) {
    if (!processIdentity(pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return !processIdentity(pid);
}

/** Boot and ticks since boot: containers give out the same few numbers again and again. */
function linuxStart(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces and parentheses itself: count from its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') return undefined;
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
}

function ps(pid: number, column: string): string {
  return execFileSync('ps', ['-ww', '-o', `${column}=`, '-p', `${pid}`], { encoding: 'utf8' }).trim();
}
