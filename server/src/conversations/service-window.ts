import { Field, ObjectType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import type { Loader } from '../platform/loading.ts';
import { DateTime } from '../platform/scalars.ts';

/** Meta allows free-form replies for 24 hours after the customer's last message. */
export const WINDOW_MS = 24 * 3600 * 1000;

@ObjectType({ description: 'The time in which free-form replies are allowed: 24 hours from what the customer wrote last.' })
@Can('inbox:read')
export class ServiceWindow {
  @Field(() => Boolean, { description: 'Whether a free-form reply may be sent now.' })
  isOpen!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When it closes, or closed; null if the customer never wrote.' })
  closesAt!: Date | null;
}

export interface WindowKey {
  contactId: string;
  numberId: string;
}

/** When the windows of contact and number close; null where the customer never wrote to that number. */
export const windowClosings: Loader<WindowKey, Date | null> = {
  name: 'windowClosings',
  load: async (ctx, pairs) => {
    const rows = await ctx.read<{ contact_id: string; number_id: string; last_inbound_at: Date }>(
      `select w.contact_id, w.number_id, w.last_inbound_at from service_window w
       join unnest($1::uuid[], $2::uuid[]) as wanted(contact_id, number_id) using (contact_id, number_id)`,
      [pairs.map((pair) => pair.contactId), pairs.map((pair) => pair.numberId)],
    );
    const closings = new Map(
      rows.map((row) => [`${row.contact_id}|${row.number_id}`, new Date(new Date(row.last_inbound_at).getTime() + WINDOW_MS)]),
    );
    return pairs.map((pair) => closings.get(`${pair.contactId}|${pair.numberId}`) ?? null);
  },
};
