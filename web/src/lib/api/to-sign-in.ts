import { goto } from '$app/navigation';
import { signInPath } from '#lib/session/return-path.ts';

/** Leads to the sign-in page, and back here afterwards. */
export function toSignIn(): void {
  void goto(signInPath(location.pathname + location.search), { replaceState: true });
}
