import type { Context, Transaction } from '../platform/context.ts';
import { enqueueJob } from '../platform/jobs.ts';

/** The job that shows a customer that what they wrote was read. Its id is the conversation's. */
export const SEND_RECEIPT = 'send_receipt';
const ATTEMPTS = 3;

/** Has the customer shown that somebody of the team read what they wrote. What a program reads says nothing. */
export async function askReceipt(ctx: Context, tx: Transaction, conversationId: string): Promise<void> {
  if (ctx.me.memberId) await enqueueJob(tx.query, SEND_RECEIPT, conversationId, { attempts: ATTEMPTS });
}
