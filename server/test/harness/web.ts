import { inject } from 'vitest';

/** The folder of the built web client. Throws with the build's own words when it failed. */
export function webRoot(): string {
  const { folder, fault } = inject('web');
  if (!folder) throw new Error(fault);
  return folder;
}
