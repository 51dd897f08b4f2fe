import type { IncomingMessage } from 'node:http';
import type { SubscribePayload } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Connection } from '../events/connection.ts';
import type { Hub, Wanted } from '../events/hub.ts';
import { CLOSE } from '../events/sink.ts';
import type { SubscriptionDocuments } from '../events/subscription-documents.ts';
import { authenticate, type Credentials } from '../identity/authenticate.ts';
import type { OperationServices } from '../platform/context.ts';
import { fault } from '../platform/faults.ts';
import type { Viewer } from '../platform/viewer.ts';
import { isAnonymous, playgroundCredentials, socketCredentials } from './socket-credentials.ts';
import { WebSocketSink } from './websocket-sink.ts';

/** What the sessions of a server share. */
export interface SessionParts {
  services: OperationServices;
  hub: Hub;
  documents: SubscriptionDocuments;
  isSecure: boolean;
}

/** Somebody who has not said who they are may be there so long, in ms. */
const LONGEST_ANONYMOUS = 10_000;

/** One socket: who is at its other end, and what they have open. */
export class SocketSession {
  private credentials: Credentials = {};
  private readonly sink: WebSocketSink;
  /** By principal: in the playground each subscription may name a key of its own. */
  private readonly connections = new Map<string, Connection>();
  private isClosed = false;

  constructor(
    private readonly parts: SessionParts,
    readonly socket: WebSocket,
    private readonly request: IncomingMessage,
  ) {
    this.sink = new WebSocketSink(socket);
  }

  /** The client says who it is. False for a credential that is no good. Throws TOO_MANY, and what the database throws while it is away. */
  async introduce(params: Record<string, unknown> | undefined): Promise<boolean> {
    this.credentials = socketCredentials(params, this.request, this.parts.isSecure);
    // The playground names its key with each subscription: an unknown caller may wait a moment, but nothing more.
    if (isAnonymous(this.credentials)) {
      setTimeout(() => this.connections.size || this.socket.close(CLOSE.FORBIDDEN, 'Forbidden'), LONGEST_ANONYMOUS).unref();
      return true;
    }
    const viewer = await authenticate(this.parts.services, this.credentials);
    if (viewer) await this.connect(viewer);
    return viewer !== null;
  }

  /** Checks a subscription that the client asks for. Throws why it cannot be had. */
  async prepare(id: string, payload: SubscribePayload): Promise<Wanted> {
    const { services, documents } = this.parts;
    const credentials = isAnonymous(this.credentials) ? playgroundCredentials(payload) : this.credentials;
    // Asked afresh, for rights may have changed; and once more behind a new connection, which sees revocations only from then on.
    let viewer = await authenticate(services, credentials);
    const isNew = viewer !== null && !this.connections.has(viewer.principalId);
    const connection = viewer && (await this.connect(viewer));
    if (isNew) viewer = await authenticate(services, credentials);
    if (!viewer || !connection) throw fault('UNAUTHENTICATED', 'Sign in, or send an API key.');
    // Only now: strangers must not make us compile documents.
    const prepared = documents.prepare(payload.query);
    prepared.args(payload.variables);
    prepared.allow(viewer);
    return { prepared, given: payload.variables, viewer, connection, id };
  }

  /** The socket is gone, and with it all that was open on it. */
  close(): void {
    this.isClosed = true;
    for (const connection of this.connections.values()) connection.close();
  }

  private async connect(viewer: Viewer): Promise<Connection> {
    const connection = this.connections.get(viewer.principalId) ?? (await this.parts.hub.attach(this.sink, viewer));
    // The socket may have closed meanwhile, or the same key have been named twice at once.
    const first = this.connections.get(viewer.principalId);
    if (this.isClosed || (first && first !== connection)) connection.close();
    else this.connections.set(viewer.principalId, connection);
    return first ?? connection;
  }
}
