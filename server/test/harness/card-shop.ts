import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { sampleOf } from '../../simulator/samples.ts';
import { startTestApp, type TestApp } from './app.ts';
import { ask, until } from './client.ts';
import { upload } from './media.ts';

type Anything = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any

const CARDS = 'cards { headerKind body headerMedia { id } buttons { type text } variables { place name kind } }';
/** What is read of a template. */
export const SHOWN = `id name status body ${CARDS} offer { text hasExpiration } variables { place name kind }`;
const CREATE = `mutation($input: CreateTemplateInput!) { createTemplate(input: $input) { template { ${SHOWN} } userErrors { code message field } } }`;
const READ = `query($id: ID!) { template(id: $id) { ${SHOWN} } }`;

export const OPEN = { type: 'URL', text: 'Open', url: 'https://shop.example/{{1}}', example: 'https://shop.example/1' };
export const MORE = { type: 'QUICK_REPLY', text: 'More' };
/** What makes a new template an offer. */
export const OFFER = { offer: { text: 'Spring sale' }, buttons: [{ type: 'COPY_CODE', example: '25OFF' }, OPEN] };

/** The product with a company that makes carousels and offers. */
export interface CardShop {
  app: TestApp;
  ask(query: string, variables?: object): Promise<Anything>;
  pictures: string[];
  video: string;
  picture(): Promise<string>;
  /** What a new template says of a card that shows one of the pictures. */
  newCard(at: number, more?: object): object;
  /** Makes a template of marketing with one variable in its text, and gives the payload. */
  create(more: object): Promise<Anything>;
  /** One that is made under its name, and approved, once. */
  approved(name: string, more: object): Promise<Anything>;
  whatsappNumberId: string;
  close(): Promise<void>;
}

let serial = 0;

export async function openCardShop(): Promise<CardShop> {
  const app = await startTestApp();
  const [tenant] = app.tenants;
  const apiKey = tenant.apiKeys['owner'] as string;
  const asked: CardShop['ask'] = async (query, variables) => {
    const { data, errors } = await ask(app.url, { apiKey }, query, variables);
    expect(errors).toBeUndefined();
    return data as Anything;
  };
  const file = async (name: 'png' | 'mp4', kind: string): Promise<string> => {
    const { bytes, mimeType: type, fileName } = sampleOf(name);
    return (await upload(app.url, { apiKey }, { bytes, type, fileName, fields: { kind } })).body.media.id;
  };
  const create: CardShop['create'] = async (more) => {
    const input = {
      ...DRAFT,
      whatsappNumberId: tenant.numberId,
      name: `news_${++serial}`,
      idempotencyKey: randomUUID(),
      ...more,
    };
    return (await asked(CREATE, { input })).createTemplate;
  };
  const made = new Map<string, Promise<Anything>>();
  const makeApproved = async (name: string, more: object) => {
    const { template, userErrors } = await create({ name, ...more });
    expect(userErrors).toEqual([]);
    const now = async () => (await asked(READ, { id: template.id })).template;
    return until(async () => ((await now()).status === 'APPROVED' ? now() : null), 8_000);
  };
  const pictures = [await file('png', 'IMAGE'), await file('png', 'IMAGE')];
  return {
    app,
    ask: asked,
    pictures,
    video: await file('mp4', 'VIDEO'),
    picture: () => file('png', 'IMAGE'),
    newCard: (at, more = {}) => ({ ...CARD, headerMediaId: pictures[at], ...more }),
    create,
    approved(name, more) {
      const known = made.get(name) ?? makeApproved(name, more);
      made.set(name, known);
      return known;
    },
    whatsappNumberId: tenant.numberId,
    close: () => app.close(),
  };
}

const DRAFT = {
  language: 'en_US',
  category: 'MARKETING',
  body: { text: 'New for {{1}} this week.', examples: [{ name: '1', value: 'Ada' }] },
};
const CARD = {
  headerKind: 'IMAGE',
  body: 'A shoe for {{1}}.',
  examples: [{ name: '1', value: 'Ada' }],
  buttons: [OPEN, MORE],
};
