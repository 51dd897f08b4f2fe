import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

const INBOX = `# The inbox, as the web client reads it.
query Inbox {
  eventCursor
  conversations(first: 10) {
    nodes {
      id
      contact { name phone }
      whatsappNumber { displayPhone }
      unreadCount
      window { isOpen closesAt }
      lastMessage { text status direction }
    }
  }
}
`;

const SEND = `# Take a conversation whose window is open from the Inbox tab.
# \`key\` makes a repeat harmless: sent again with the same one, you get the message that is there. Write another key for another message.
mutation Send($conversationId: ID!, $key: ID!) {
  sendMessage(input: { conversationId: $conversationId, text: "Hello from the playground", idempotencyKey: $key }) {
    message { id status }
    userErrors { code message field }
  }
}
`;

const SUBSCRIBE = `# Runs over WebSocket: leave it open and send something.
subscription Messages {
  messageChanged {
    cursor
    change
    status
    message { id direction text timeline { status at isImplied } }
  }
}
`;

/** The playground for a browser's GET of /graphql: one page with no outside request. In the demo its headers hold the demo's key. */
export function servePlayground(server: FastifyInstance, demoKey?: string): void {
  // Built when somebody first wants it: the page is 13 MB of text, and most processes never show it.
  let page: Promise<PlaygroundPage> | undefined;
  server.get('/graphql', async (request, reply) => {
    if (!request.headers.accept?.includes('text/html')) {
      const message = 'Send queries and mutations by POST; a browser gets the playground here.';
      return reply
        .code(405)
        .header('allow', 'POST')
        .send({ errors: [{ message }] });
    }
    const { policy, html } = await (page ??= buildPage(demoKey));
    reply.headers({ 'content-security-policy': policy, 'cache-control': 'no-store' });
    return reply.type('text/html; charset=utf-8').send(html);
  });
}

interface PlaygroundPage {
  policy: string;
  html: Buffer;
}

async function buildPage(demoKey?: string): Promise<PlaygroundPage> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const headers = JSON.stringify(demoKey ? { Authorization: `Bearer ${demoKey}` } : {}, null, 2);
  const tab = (query: string, variables?: object) => ({
    query,
    headers,
    ...(variables && { variables: JSON.stringify(variables, null, 2) }),
  });
  const page = renderGraphiQL({
    title: 'Cube Connect playground',
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    credentials: 'same-origin',
    headers,
    defaultTabs: [tab(INBOX), tab(SEND, { conversationId: '', key: 'once-only-1' }), tab(SUBSCRIBE)],
  } as never);
  const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, code]) => hashOf(code ?? ''));
  const policy = [
    `default-src 'self'`,
    `script-src 'self' blob: ${scripts.join(' ')}`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data:`,
    `font-src 'self' data:`,
    `worker-src blob:`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
  ].join('; ');
  return { policy, html: Buffer.from(page) };
}

function hashOf(code: string): string {
  return `'sha256-${createHash('sha256').update(code).digest('base64')}'`;
}
