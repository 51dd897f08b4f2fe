import { describe, expect, it } from 'vitest';
import type { CardValues, TemplatePart } from './content.ts';
import type { MediaToSend } from './message-to-send.ts';
import { writeTemplate } from './write-template.ts';

describe('writing a template', () => {
  const template = (more: Partial<TemplatePart>, file?: MediaToSend, cardMedia?: MediaToSend[]) => {
    const part: TemplatePart = { name: 'order_ok', language: 'en_US', buttons: [], values: {}, ...more };
    return JSON.parse(JSON.stringify(writeTemplate(part, file, cardMedia))) as unknown;
  };
  const framed = (components?: object[]) => ({
    name: 'order_ok',
    language: { code: 'en_US' },
    ...(components && { components }),
  });

  it('names it and no more where nothing is filled in', () => {
    expect(template({ buttons: [{ type: 'QUICK_REPLY', text: 'Stop' }], values: { body: {} } })).toEqual(framed());
  });

  it('puts numbered values in their order, and names named ones', () => {
    const body = Object.fromEntries([...Array(11).keys()].reverse().map((index) => [String(index + 1), `v${index + 1}`]));
    const numbered = Array.from({ length: 11 }, (_value, index) => ({ type: 'text', text: `v${index + 1}` }));
    expect(template({ values: { header: { 1: 'A1' }, body } })).toEqual(
      framed([
        { type: 'header', parameters: [{ type: 'text', text: 'A1' }] },
        { type: 'body', parameters: numbered },
      ]),
    );
    expect(template({ values: { body: { first: 'Ada', order: 'A1' } } })).toEqual(
      framed([
        {
          type: 'body',
          parameters: [
            { type: 'text', parameter_name: 'first', text: 'Ada' },
            { type: 'text', parameter_name: 'order', text: 'A1' },
          ],
        },
      ]),
    );
  });

  it.each(['image', 'video'])('takes a %s for its header', (kind) => {
    expect(template({}, { id: '8201', mimeType: `${kind}/x` })).toEqual(
      framed([{ type: 'header', parameters: [{ type: kind, [kind]: { id: '8201' } }] }]),
    );
  });

  it('takes a place for its header', () => {
    expect(template({ headerLocation: { latitude: 1, longitude: 2, name: 'Shop' } })).toEqual(
      framed([{ type: 'header', parameters: [{ type: 'location', location: { latitude: '1', longitude: '2', name: 'Shop' } }] }]),
    );
  });

  it('fills in its buttons by their places', () => {
    const types = ['QUICK_REPLY', 'URL', 'PHONE_NUMBER', 'COPY_CODE', 'FLOW', 'OTP', 'OTHER'] as const;
    const buttons = types.map((type) => ({ type, text: type }));
    const values = {
      buttons: { 0: 'STOP', 1: 'a/1', 2: 'unused', 3: '25OFF', 4: 'token', 5: '123456', 6: 'unused', 9: 'nowhere' },
    };
    expect(template({ buttons, values })).toEqual(
      framed([
        { type: 'button', index: '0', sub_type: 'quick_reply', parameters: [{ type: 'payload', payload: 'STOP' }] },
        { type: 'button', index: '1', sub_type: 'url', parameters: [{ type: 'text', text: 'a/1' }] },
        { type: 'button', index: '3', sub_type: 'copy_code', parameters: [{ type: 'coupon_code', coupon_code: '25OFF' }] },
        { type: 'button', index: '4', sub_type: 'flow', parameters: [{ type: 'action', action: { flow_token: 'token' } }] },
        { type: 'button', index: '5', sub_type: 'url', parameters: [{ type: 'text', text: '123456' }] },
      ]),
    );
  });

  it('fills in a carousel card by card, each with its file', () => {
    const buttons: TemplatePart['buttons'] = [
      { type: 'URL', text: 'Open' },
      { type: 'QUICK_REPLY', text: 'More' },
    ];
    const card = { text: 'A shoe', buttons };
    const cards: CardValues[] = [{ body: { 1: '3' }, buttons: { 0: 'a', 1: 'MORE' } }, { buttons: { 0: 'b' } }];
    const files = [
      { id: '8201', mimeType: 'image/png' },
      { id: '8202', mimeType: 'video/mp4' },
    ];
    const open = (text: string) => ({ type: 'button', index: '0', sub_type: 'url', parameters: [{ type: 'text', text }] });
    expect(template({ cards: [card, card], values: { body: { 1: 'Ada' }, cards } }, undefined, files)).toEqual(
      framed([
        { type: 'body', parameters: [{ type: 'text', text: 'Ada' }] },
        {
          type: 'carousel',
          cards: [
            {
              card_index: 0,
              components: [
                { type: 'header', parameters: [{ type: 'image', image: { id: '8201' } }] },
                { type: 'body', parameters: [{ type: 'text', text: '3' }] },
                open('a'),
                { type: 'button', index: '1', sub_type: 'quick_reply', parameters: [{ type: 'payload', payload: 'MORE' }] },
              ],
            },
            {
              card_index: 1,
              components: [{ type: 'header', parameters: [{ type: 'video', video: { id: '8202' } }] }, open('b')],
            },
          ],
        },
      ]),
    );
  });

  it('says when an offer ends', () => {
    const buttons: TemplatePart['buttons'] = [{ type: 'COPY_CODE', text: '' }];
    const values = { body: { 1: 'Ada' }, buttons: { 0: '25OFF' }, offerExpiresAt: 1_790_000_000_000 };
    expect(template({ buttons, offer: { text: 'Sale' }, values })).toEqual(
      framed([
        {
          type: 'limited_time_offer',
          parameters: [{ type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: 1_790_000_000_000 } }],
        },
        { type: 'body', parameters: [{ type: 'text', text: 'Ada' }] },
        { type: 'button', index: '0', sub_type: 'copy_code', parameters: [{ type: 'coupon_code', coupon_code: '25OFF' }] },
      ]),
    );
  });
});
