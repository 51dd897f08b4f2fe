export interface BannerFacts {
  version: string;
  /** From the start of the process to the first answer. */
  readyInSeconds: number;
  /** Without a slash at the end. */
  url: string;
  /** What to say about the demo's data, such as `demo: data in ./.cube, delete it to reset`. */
  note?: string;
  hasDocs: boolean;
  hasSimulator: boolean;
  demo?: {
    users: { email: string; password: string; role: string; locale: string }[];
    apiKey: string;
    webhookSecret: string;
  };
  /** Such as `embedded 18` or `db.example:5432`. */
  postgres: string;
  /** Such as `in-process` or `redis.example:6379`. */
  redis: string;
  /** Such as `simulator` or `graph.facebook.com`. */
  whatsapp: string;
}

const SECOND_COLUMN = 13;
const THIRD_COLUMN = 34;

/** The block that `start` prints when everything answers: what runs, where, and how to get in. */
export function banner(facts: BannerFacts): string {
  const { url, demo } = facts;
  const head = `Cube Connect ${facts.version}   ready in ${facts.readyInSeconds.toFixed(1)} s`;
  const lines = [
    facts.note ? `${head.padEnd(SECOND_COLUMN + THIRD_COLUMN)}(${facts.note})` : head,
    line('Inbox', url),
    line('Playground', `${url}/graphql`, `${url.replace(/^http/, 'ws')}/graphql · sse /graphql/stream`),
    facts.hasDocs && line('Docs', `${url}/docs`),
    facts.hasSimulator && line('Customers', `${url}/simulator`, 'write as a customer'),
    line('Health', '/healthz  /readyz  /metrics'),
    demo && line('Sign in', demo.users.map(signIn).join('    ')),
    demo && line('API key', demo.apiKey, `Webhook secret ${demo.webhookSecret}`),
    `PostgreSQL ${facts.postgres} · Redis ${facts.redis} · WhatsApp ${facts.whatsapp}`,
    line('Stop', 'Ctrl-C'),
  ];
  return lines
    .filter((text) => typeof text === 'string')
    .map((text) => `  ${text}\n`)
    .join('');
}

function line(name: string, value: string, more?: string): string {
  // A long value pushes the third column on, but never touches it.
  const column = more ? `${value.padEnd(THIRD_COLUMN - 3)}   ${more}` : value;
  return name.padEnd(SECOND_COLUMN) + column;
}

function signIn({ email, password, role, locale }: { email: string; password: string; role: string; locale: string }): string {
  const language = new Intl.DisplayNames('en', { type: 'language' }).of(locale);
  return `${email} / ${password}  (${role}, ${language})`;
}
