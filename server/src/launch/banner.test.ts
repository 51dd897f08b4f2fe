import { expect, test } from 'vitest';
import { banner } from './banner.ts';

const facts = {
  version: '0.1.0',
  readyInSeconds: 6.21,
  url: 'http://localhost:4000',
  note: 'demo: data in ./.cube, delete it to reset',
  hasDocs: true,
  hasSimulator: true,
  demo: {
    users: [
      { email: 'sara@nakheel.example', password: 'palm', role: 'owner', locale: 'ar' },
      { email: 'john@acme.example', password: 'desk', role: 'agent', locale: 'en' },
    ],
    apiKey: 'cc_test_1_2',
    webhookSecret: 'whsec_3',
  },
  postgres: 'embedded 18',
  redis: 'in-process',
  whatsapp: 'simulator',
};

test('says what runs, where it is and how to get in', () => {
  expect(banner(facts)).toBe(
    [
      '  Cube Connect 0.1.0   ready in 6.2 s            (demo: data in ./.cube, delete it to reset)',
      '  Inbox        http://localhost:4000',
      '  Playground   http://localhost:4000/graphql     ws://localhost:4000/graphql · sse /graphql/stream',
      '  Docs         http://localhost:4000/docs',
      '  Customers    http://localhost:4000/simulator   write as a customer',
      '  Health       /healthz  /readyz  /metrics',
      '  Sign in      sara@nakheel.example / palm  (owner, Arabic)    john@acme.example / desk  (agent, English)',
      '  API key      cc_test_1_2                       Webhook secret whsec_3',
      '  PostgreSQL embedded 18 · Redis in-process · WhatsApp simulator',
      '  Stop         Ctrl-C',
      '',
    ].join('\n'),
  );
});

test('outside the demo names no login, no key and nothing that is not there', () => {
  const lines = banner({
    ...facts,
    note: undefined,
    hasDocs: false,
    hasSimulator: false,
    demo: undefined,
    whatsapp: 'graph.facebook.com',
  });
  expect(lines).not.toMatch(/Sign in|API key|Customers|Docs|demo/);
  expect(lines).toContain('PostgreSQL embedded 18 · Redis in-process · WhatsApp graph.facebook.com');
});
