import 'reflect-metadata';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { useServer } from 'graphql-ws/use/ws';
import { Field, ID, ObjectType, Query, Resolver, Root, Subscription, buildSchemaSync } from 'type-graphql';
import { WebSocketServer } from 'ws';
import { Broadcast } from './broadcast.ts';
import { answer } from './side.ts';

/** What one gets by following the two libraries' guides: each client runs its subscription for itself. No guards, no database, no bounds. */
@ObjectType()
class NaiveMessage {
  @Field(() => ID) id!: string;
  @Field(() => String, { nullable: true }) text!: string | null;
  @Field(() => String) status!: string;
  @Field(() => String) direction!: string;
  @Field(() => String) kind!: string;
  @Field(() => String) sentAt!: string;
  @Field(() => String) createdAt!: string;
}

@ObjectType()
class NaiveChange {
  @Field(() => String) cursor!: string;
  @Field(() => String) at!: string;
  @Field(() => String) change!: string;
  @Field(() => String) status!: string;
  @Field(() => NaiveMessage, { nullable: true }) message!: NaiveMessage | null;
}

@Resolver()
class NaiveResolver {
  @Query(() => String)
  hello(): string {
    return 'hello';
  }

  @Subscription(() => NaiveChange, { topics: ({ context }) => (context as { group: string }).group })
  messageChanged(@Root() change: NaiveChange): NaiveChange {
    return change;
  }
}

const broadcast = new Broadcast();
const schema = buildSchemaSync({ resolvers: [NaiveResolver], pubSub: broadcast, validate: false, emitSchemaFile: false });
const http = createServer();
const wss = new WebSocketServer({ server: http });
useServer({ schema, context: ({ connectionParams }) => ({ group: connectionParams?.['apiKey'] }) }, wss);
const payloads = new Map<string, { messageChanged: object }[]>();
let next = 0;

answer({
  start: () => new Promise((resolve) => http.listen(0, '127.0.0.1', () => resolve((http.address() as AddressInfo).port))),
  learn(group: string, frames: { payload: { data: { messageChanged: object } } }[]) {
    payloads.set(
      group,
      frames.map((frame) => frame.payload.data),
    );
  },
  send(events: number) {
    for (const [group, known] of payloads) {
      for (let event = next; event < next + events; event++)
        broadcast.publish(group, known[event % known.length]?.messageChanged);
    }
    next += events;
  },
  forget() {
    for (const client of wss.clients) client.terminate();
    payloads.clear();
    next = 0;
  },
  end: () => undefined,
});
