/** The address of the sign-in page that leads back to `path` afterwards. */
export function signInPath(path: string): string {
  return path === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(path)}`;
}

/** Where to go after signing in: a path of this client only, never another site's address. */
export function returnPath(search: Pick<URLSearchParams, 'get'>): string {
  const to = search.get('to') ?? '/';
  return /^\/(?![/\\])/.test(to) && !to.startsWith('/sign-in') ? to : '/';
}
