import { applyAccountNews } from '../conversations/apply-account-news.ts';
import { applyTemplateNotices } from '../templates/apply-template-notices.ts';
import { applyPeopleNotices } from './apply-people-notices.ts';
import type { InboxWork } from './inbox-work.ts';
import type { Window } from './window.ts';

/** Applies what bodies say beside messages: about accounts, numbers, templates and people, and what signers had no business with. */
export async function applyNews(window: Window, works: readonly InboxWork[]): Promise<void> {
  const news = works.flatMap((work) => work.news);
  if (news.length) {
    await applyAccountNews(window, news);
    await applyTemplateNotices(window, news);
  }
  await applyPeopleNotices(
    window,
    works.flatMap((work) => work.people),
  );
  await alertSigners(window, works);
}

/**
 * Tells a tenant that its own app spoke of numbers or accounts of others, which was ignored: its secret may be in other hands. Once an hour, however
 * often it happens; what is read anew is no news.
 */
async function alertSigners({ query, events }: Window, works: readonly InboxWork[]): Promise<void> {
  const signers = new Set(works.flatMap(({ strangers, body }) => (strangers && !body.isReplay ? (body.appTenants ?? []) : [])));
  if (!signers.size) return;
  const alerted = await query<{ tenant_id: string; id: string }>(
    `update whatsapp_app set alerted_at = cube_now()
     where tenant_id = any($1::uuid[]) and coalesce(alerted_at < cube_now() - interval '1 hour', true) returning tenant_id, id`,
    [[...signers]],
  );
  for (const { tenant_id: tenantId, id: subjectId } of alerted)
    events.push({ tenantId, kind: 'SECURITY_ALERT', subjectId, status: 'FOREIGN_NUMBER' });
}
