import type { AccountNotice, PreferenceNotice } from './account-notice.ts';
import { idOf, type Json, objectOf, objectsOf, unixMs } from './read-json.ts';

/** Who stopped or resumed marketing messages; entries about anything else, or nobody, are left out. */
export function readPreferences(value: Json): PreferenceNotice[] {
  return objectsOf(value.user_preferences).flatMap((raw): PreferenceNotice[] => {
    const phone = idOf(raw.wa_id);
    const userId = idOf(raw.user_id);
    if (raw.category !== 'marketing_messages' || (raw.value !== 'stop' && raw.value !== 'resume')) return [];
    if (phone === undefined && userId === undefined) return [];
    const wants = raw.value === 'resume';
    const parentUserId = idOf(raw.parent_user_id);
    return [{ kind: 'marketing-preference', wants, phone, userId, parentUserId, at: unixMs(raw.timestamp) }];
  });
}

export function readUserIds(value: Json): AccountNotice[] {
  return objectsOf(value.user_id_update).flatMap((raw): AccountNotice[] => {
    const user = objectOf(raw.user_id);
    const parent = objectOf(raw.parent_user_id);
    const userId = idOf(user.current);
    if (userId === undefined) return [];
    return [
      {
        kind: 'user-id',
        phone: idOf(raw.wa_id),
        previousUserId: idOf(user.previous),
        userId,
        previousParentUserId: idOf(parent.previous),
        parentUserId: idOf(parent.current),
        at: unixMs(raw.timestamp),
      },
    ];
  });
}
