import type { Services } from '../../platform/context.ts';
import type { Job } from '../../platform/jobs.ts';
import { place, Sealed } from '../../platform/sealed.ts';
import { tenantsQuery } from '../../platform/tenant-query.ts';
import type { CloudApi } from '../../whatsapp/cloud-api.ts';

type Parts = Pick<Services, 'database' | 'keys'> & { cloudApi: Pick<CloudApi, 'markRead'>; isMeta: boolean };

interface Row {
  id: string;
  wamid: Buffer;
  number_id: string;
  phone_number_id: string;
  access_token: Buffer;
}

// What the customer wrote last. WhatsApp marks all before it, too; reactions and its own notices it marks not at all.
const NEWEST = `
  select m.id, m.wamid, w.id as number_id, w.phone_number_id, w.access_token
  from conversation v
  join whatsapp_number w on w.tenant_id = v.tenant_id and w.id = v.number_id
  cross join lateral (
    select id, wamid from message where tenant_id = v.tenant_id and conversation_id = v.id and direction = 'INBOUND' and wamid is not null
      and kind not in ('REACTION', 'SYSTEM') and sent_at > cube_now() - interval '30 days' order by id desc limit 1
  ) m
  where v.tenant_id = $1 and v.id = $2 and w.status = 'CONNECTED' and not (w.is_test and $3)`;

class NotShown extends Error {}

/** Shows a customer that what they wrote was read, or that somebody writes. Throws while another try may help; what WhatsApp refuses is let go. */
export async function sendReceipt({ database, keys, cloudApi, isMeta }: Parts, job: Job, typing: boolean): Promise<void> {
  const { tenantId, id } = job;
  const read = await tenantsQuery(database.worker, [tenantId], async (query) => {
    await keys.loadTenants(query, [tenantId]);
    const [row] = await query<Row>(NEWEST, [tenantId, id, isMeta]);
    if (!row) return null;
    // Of a contact that was merged, the message may be sealed under the key it had before.
    await keys.loadContactKeys(query, tenantId, [new Sealed(row.wamid).keyId]);
    return {
      phoneNumberId: row.phone_number_id,
      token: keys.open(tenantId, place(tenantId, 'whatsapp_number', 'access_token', row.number_id), row.access_token),
      wamid: keys.open(tenantId, place(tenantId, 'message', 'wamid', row.id), row.wamid),
    };
  });
  if (!read) return;
  const outcome = await cloudApi.markRead(read.phoneNumberId, read.token, read.wamid, { typing });
  const mayHelp = outcome.kind === 'unwritten' || outcome.kind === 'unknown';
  if (mayHelp && !job.isLast) throw new NotShown('WhatsApp did not answer.');
}
