import type { FastifyReply } from 'fastify';

/** A refusal outside GraphQL, for programs and for people. */
export class HttpRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** `{"error":{"code":"…","message":"…"}}` */
export function answerRefusal(reply: FastifyReply, { status, code, message }: HttpRefusal): FastifyReply {
  return reply.code(status).send({ error: { code, message } });
}
