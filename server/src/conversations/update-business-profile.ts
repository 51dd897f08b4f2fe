import type { Context, Transaction } from '../platform/context.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { isLonger } from '../whatsapp/limits.ts';
import type { ProfileChange } from '../whatsapp/profile-calls.ts';
import type { FileToUpload } from '../whatsapp/upload-media.ts';
import { answerOf, metaFor } from './ask-meta.ts';
import { profileOf } from './business-profile.ts';
import { accessTo, numberToChange } from './find-number.ts';
import { fileForMeta, ownFile } from './own-file.ts';
import { WhatsappApp } from './whatsapp-app.ts';
import { WhatsappNumber } from './whatsapp-number.ts';

/** Characters that Meta takes. */
export const PROFILE_MAX = { about: 139, address: 256, description: 512, email: 128 } as const;
const WEBSITES_MAX = 2;
const WEBSITE_MAX = 256;
const PICTURE_TYPES = ['image/jpeg', 'image/png'];

export interface ProfileToWrite {
  whatsappNumberId: string;
  about?: string | null;
  address?: string | null;
  description?: string | null;
  email?: string | null;
  websites?: string[] | null;
  vertical?: string | null;
  pictureMediaId?: string | null;
}

/**
 * Changes what customers see of a number: only what is named, and an empty text takes it away. What is kept here is what Meta then says it is.
 * Throws NOT_FOUND, BAD_INPUT, MEDIA_NOT_READY, MEDIA_TYPE_NOT_ALLOWED, META_REFUSED, META_UNREACHABLE, NUMBER_UNAVAILABLE.
 */
export async function updateBusinessProfile(
  ctx: Context,
  { whatsappNumberId, pictureMediaId, ...input }: ProfileToWrite,
): Promise<{ whatsappNumber: WhatsappNumber }> {
  const change = checkProfile(input);
  if (!pictureMediaId && !Object.keys(change).length) throw new RuleBroken('BAD_INPUT', 'Name something to change.');
  const cloudApi = metaFor(ctx);
  const { phoneNumberId, accessToken } = await accessTo(ctx, whatsappNumberId);
  if (pictureMediaId) {
    const { appId, file } = await ctx.command((tx) => pictureForMeta(ctx, tx, whatsappNumberId, pictureMediaId));
    change.pictureHandle = answerOf(await cloudApi.uploadHandle(appId, accessToken, file), { field: 'pictureMediaId' });
  }
  answerOf(await cloudApi.writeProfile(phoneNumberId, accessToken, change));
  const profile = profileOf(answerOf(await cloudApi.readProfile(phoneNumberId, accessToken)));
  return ctx.command(async (tx) => {
    const whatsappNumber = await numberToChange(tx, whatsappNumberId);
    whatsappNumber.profileRow = profile;
    tx.record({ kind: 'NUMBER_CHANGED', subjectId: whatsappNumber.id, status: whatsappNumber.status });
    return { whatsappNumber };
  });
}

function checkProfile(input: Omit<ProfileToWrite, 'whatsappNumberId'>): ProfileChange {
  const change: ProfileChange = {};
  for (const [name, max] of Object.entries(PROFILE_MAX) as [keyof typeof PROFILE_MAX, number][]) {
    const text = input[name]?.trim();
    if (text === undefined) continue;
    if (isLonger(text, max)) throw new RuleBroken('BAD_INPUT', `WhatsApp takes up to ${max} characters here.`, [name]);
    change[name] = text;
  }
  if (change.about === '') throw new RuleBroken('BAD_INPUT', 'WhatsApp wants some words here.', ['about']);
  if (change.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(change.email))
    throw new RuleBroken('BAD_INPUT', 'This is no e-mail address.', ['email']);
  if (input.websites) change.websites = input.websites.map(checkWebsite);
  if (change.websites && change.websites.length > WEBSITES_MAX)
    throw new RuleBroken('BAD_INPUT', `WhatsApp takes up to ${WEBSITES_MAX} websites.`, ['websites']);
  if (input.vertical) {
    if (!/^[A-Z_]{2,40}$/.test(input.vertical))
      throw new RuleBroken('BAD_INPUT', "Lines of business are Meta's words, such as RETAIL.", ['vertical']);
    change.vertical = input.vertical;
  }
  return change;
}

/** The file, and the app it goes to: the company's own, or by its alias the one that the token belongs to. */
async function pictureForMeta(
  ctx: Context,
  tx: Transaction,
  whatsappNumberId: string,
  mediaId: string,
): Promise<{ appId: string; file: FileToUpload }> {
  const field = ['pictureMediaId'];
  const file = await ownFile(tx, mediaId, field);
  if (!PICTURE_TYPES.includes(file.mimeType))
    throw new RuleBroken('MEDIA_TYPE_NOT_ALLOWED', 'WhatsApp takes a JPEG or a PNG here.', field);
  const number = await tx.em.findOneOrFail(WhatsappNumber, whatsappNumberId);
  const account = await number.account.loadOrFail();
  const app = account.appId === null ? null : await tx.em.findOne(WhatsappApp, account.appId);
  return { appId: app?.appId ?? 'app', file: await fileForMeta(ctx, tx, file, 'picture') };
}

function checkWebsite(text: string): string {
  const url = text.trim();
  if (!URL.canParse(url) || !/^https?:\/\//i.test(url) || isLonger(url, WEBSITE_MAX))
    throw new RuleBroken('BAD_INPUT', `A website begins with https:// and has up to ${WEBSITE_MAX} characters.`, ['websites']);
  return url;
}
