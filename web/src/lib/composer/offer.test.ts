import { describe, expect, it } from 'vitest';
import { emptyOffer, offerFault, offerInput, type Offer } from './offer.ts';

const offer = (more: Partial<Offer>): Offer => ({ ...emptyOffer(), body: 'When shall we come?', ...more });

describe('a message to tap on', () => {
  it('names what is missing, in the order of its fields', () => {
    expect(offerFault(emptyOffer())).toBe('body');
    expect(offerFault(offer({}))).toBe('buttons');
    expect(offerFault(offer({ buttons: ['Yes', ' Yes '] }))).toBe('same');
    expect(offerFault(offer({ buttons: ['Yes', 'No'] }))).toBeNull();
    expect(offerFault(offer({ kind: 'LIST' }))).toBe('opens');
    expect(offerFault(offer({ kind: 'LIST', opens: 'Days' }))).toBe('rows');
    expect(offerFault(offer({ kind: 'LINK', link: { title: 'Track', url: 'nakheel.example' } }))).toBe('link');
    expect(offerFault(offer({ kind: 'LINK', link: { title: 'Track', url: 'https://nakheel.example/t' } }))).toBeNull();
    expect(offerFault(offer({ kind: 'LOCATION_REQUEST' }))).toBeNull();
  });

  it('is told to the server without its empty lines', () => {
    expect(offerInput(offer({ buttons: ['Saturday', '', ' Sunday '], footer: 'Free' }))).toEqual({
      type: 'BUTTONS',
      body: 'When shall we come?',
      footer: 'Free',
      buttons: [
        { id: 'button-1', title: 'Saturday' },
        { id: 'button-2', title: 'Sunday' },
      ],
    });
    const rows = [
      { title: 'Petrol', description: 'In stock' },
      { title: '', description: 'never sent' },
      { title: 'Slate', description: '' },
    ];
    expect(offerInput(offer({ kind: 'LIST', opens: 'Colours', rows }))).toEqual({
      type: 'LIST',
      body: 'When shall we come?',
      button: 'Colours',
      sections: [
        {
          rows: [
            { id: 'row-1', title: 'Petrol', description: 'In stock' },
            { id: 'row-2', title: 'Slate' },
          ],
        },
      ],
    });
    expect(offerInput(offer({ kind: 'LOCATION_REQUEST', header: 'not taken' }))).toEqual({
      type: 'LOCATION_REQUEST',
      body: 'When shall we come?',
    });
  });
});
