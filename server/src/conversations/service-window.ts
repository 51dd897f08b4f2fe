import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import type { Transaction } from '../platform/context.ts';
import type { Loader } from '../platform/loading.ts';
import { DateTime } from '../platform/scalars.ts';

/** Meta allows free-form replies for 24 hours after the customer's last message. */
export const WINDOW_MS = 24 * 3600 * 1000;

export enum WindowOpening {
  MESSAGE = 'MESSAGE',
  ADVERTISEMENT = 'ADVERTISEMENT',
}
registerEnumType(WindowOpening, {
  name: 'WindowOpening',
  description: 'What opened a window.',
  valuesConfig: {
    MESSAGE: { description: 'The customer wrote.' },
    ADVERTISEMENT: {
      description: 'The customer came by an advertisement or a post: answered within a day, nothing is charged for 72 hours.',
    },
  },
});

@ObjectType({ description: 'The time in which free-form replies are allowed: 24 hours from what the customer wrote last.' })
@Can('inbox:read')
export class ServiceWindow {
  @Field(() => Boolean, { description: 'Whether a free-form reply may be sent now.' })
  isOpen!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When it closes, or closed; null if the customer never wrote.' })
  closesAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the customer wrote last.' })
  openedAt!: Date | null;

  @Field(() => WindowOpening, { nullable: true, description: 'What opened it; null if the customer never wrote.' })
  openedBy!: WindowOpening | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when nothing is charged, because an advertisement brought the customer; null without one.',
  })
  freeUntilAt!: Date | null;
}

export interface WindowKey {
  contactId: string;
  numberId: string;
}

interface WindowRow {
  contact_id: string;
  number_id: string;
  last_inbound_at: Date | string;
  referral_at: Date | string | null;
  free_until: Date | string | null;
}

const NEVER_OPEN: ServiceWindow = { isOpen: false, closesAt: null, openedAt: null, openedBy: null, freeUntilAt: null };

/** The windows of contact and number, as they are now. */
export const serviceWindows: Loader<WindowKey, ServiceWindow> = {
  name: 'serviceWindows',
  load: async (ctx, pairs) => {
    const rows = await ctx.read<WindowRow>(
      `select w.contact_id, w.number_id, w.last_inbound_at, w.referral_at, w.free_until from service_window w
       join unnest($1::uuid[], $2::uuid[]) as wanted(contact_id, number_id) using (contact_id, number_id)`,
      [pairs.map((pair) => pair.contactId), pairs.map((pair) => pair.numberId)],
    );
    const now = ctx.services.clock.now();
    const windows = new Map(rows.map((row) => [`${row.contact_id}|${row.number_id}`, windowOf(row, now)]));
    return pairs.map((pair) => windows.get(`${pair.contactId}|${pair.numberId}`) ?? NEVER_OPEN);
  },
};

function windowOf(row: WindowRow, now: Date): ServiceWindow {
  const openedAt = new Date(row.last_inbound_at);
  const closesAt = new Date(openedAt.getTime() + WINDOW_MS);
  const freeUntilAt = row.free_until && new Date(row.free_until) > now ? new Date(row.free_until) : null;
  const isReferred = row.referral_at !== null && new Date(row.referral_at).getTime() > openedAt.getTime() - WINDOW_MS;
  const openedBy = freeUntilAt || isReferred ? WindowOpening.ADVERTISEMENT : WindowOpening.MESSAGE;
  return { isOpen: closesAt > now, closesAt, openedAt, openedBy, freeUntilAt };
}

/**
 * Begins the 72 hours in which nothing is charged, if the customer came by an advertisement within the last 24 hours and this is our first answer to it.
 * Call it where a message goes out, before its cost is estimated.
 */
export async function openFreeEntryPoint(
  { query }: Pick<Transaction, 'query'>,
  { contactId, numberId }: WindowKey,
): Promise<void> {
  await query(
    `update service_window set free_until = cube_now() + interval '72 hours'
     where contact_id = $1 and number_id = $2 and referral_at > cube_now() - interval '24 hours' and (free_until is null or free_until < referral_at)`,
    [contactId, numberId],
  );
}
