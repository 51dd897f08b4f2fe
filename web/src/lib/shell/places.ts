import { resolve } from '$app/paths';

export type PlaceName = 'inbox' | 'contacts' | 'templates' | 'failed' | 'numbers' | 'quarantine';

type PlaceTitle = 'inbox.title' | `place.${Exclude<PlaceName, 'inbox'>}`;

export interface Place {
  name: PlaceName;
  path: string;
  title: PlaceTitle;
  /** What a role needs to see it. */
  needs: string;
  /** After G, by its place on the keyboard. */
  key: string;
  letter: string;
}

const place = (name: PlaceName, path: string, title: PlaceTitle, needs: string, letter: string): Place => ({
  name,
  path,
  title,
  needs,
  key: `Key${letter}`,
  letter,
});

/** Where one can go, in the order of the rail. */
export const places: readonly Place[] = [
  place('inbox', resolve('/(inbox)'), 'inbox.title', 'inbox:read', 'I'),
  place('contacts', resolve('/(pages)/contacts'), 'place.contacts', 'contacts:read', 'C'),
  place('templates', resolve('/(pages)/templates'), 'place.templates', 'templates:read', 'T'),
  place('failed', resolve('/(pages)/failed'), 'place.failed', 'inbox:read', 'F'),
  place('numbers', resolve('/(pages)/settings/numbers'), 'place.numbers', 'numbers:read', 'N'),
  place('quarantine', resolve('/(pages)/settings/quarantine'), 'place.quarantine', 'webhooks:manage', 'Q'),
];

/** The place of an address; null where it is none of them. */
export function placeOf(path: string): PlaceName | null {
  if (path === '/' || path.startsWith('/c/')) return 'inbox';
  return places.find(({ name, path: start }) => name !== 'inbox' && path.startsWith(start))?.name ?? null;
}
