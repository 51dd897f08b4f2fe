import { type Graph, part } from './graph.ts';
import type { Outcome } from './outcome.ts';
import { isJson, listOf, textOf, wordsOf } from './read-json.ts';

/** What customers see of a number. */
export interface ProfileAtMeta {
  about?: string;
  address?: string;
  description?: string;
  email?: string;
  websites: string[];
  /** Such as `RETAIL`. */
  vertical?: string;
  pictureUrl?: string;
}

/** Only what is named is changed; an empty text takes it away. */
export interface ProfileChange {
  about?: string;
  address?: string;
  description?: string;
  email?: string;
  websites?: string[];
  vertical?: string;
  /** From `uploadHandle`. */
  pictureHandle?: string;
}

const FIELDS = 'about,address,description,email,profile_picture_url,websites,vertical';

export function readProfile(graph: Graph, phoneNumberId: string, token: string): Promise<Outcome<ProfileAtMeta>> {
  return graph.ask({ method: 'GET', path: `${profilePath(phoneNumberId)}?fields=${FIELDS}`, token }, (body) => {
    if (!isJson(body) || !Array.isArray(body.data)) return undefined;
    const profile: unknown = body.data[0] ?? {};
    if (!isJson(profile)) return undefined;
    return {
      about: wordsOf(profile.about),
      address: wordsOf(profile.address),
      description: wordsOf(profile.description),
      email: wordsOf(profile.email),
      websites: listOf(profile.websites).flatMap((site) => textOf(site) || []),
      vertical: wordsOf(profile.vertical),
      pictureUrl: wordsOf(profile.profile_picture_url),
    };
  });
}

export function writeProfile(
  graph: Graph,
  phoneNumberId: string,
  token: string,
  { pictureHandle, ...change }: ProfileChange,
): Promise<Outcome<true>> {
  const body = JSON.stringify({ messaging_product: 'whatsapp', ...change, profile_picture_handle: pictureHandle });
  return graph.act({ method: 'POST', path: profilePath(phoneNumberId), token, body });
}

function profilePath(phoneNumberId: string): string {
  return `${part(phoneNumberId)}/whatsapp_business_profile`;
}
