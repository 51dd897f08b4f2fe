import { describe, expect, it } from 'vitest';
import { readCoordinates } from './coordinates.ts';

const riyadh = { latitude: 24.7113, longitude: 46.6744 };

describe('a place that was pasted', () => {
  it('is two numbers, in the digits of either language', () => {
    for (const text of ['24.7113, 46.6744', '24.7113 46.6744', ' 24.7113;46.6744 ', '٢٤٫٧١١٣، ٤٦٫٦٧٤٤', 'geo:24.7113,46.6744'])
      expect(readCoordinates(text)).toEqual(riyadh);
    expect(readCoordinates('-33.8688, 151.2093')).toEqual({ latitude: -33.8688, longitude: 151.2093 });
  });

  it('is the pin in the link of a map, not the middle of what is shown', () => {
    for (const link of [
      'https://www.google.com/maps/place/X/@24.70,46.60,15z/data=!3m1!4b1!4m6!3d24.7113!4d46.6744',
      'https://www.openstreetmap.org/?mlat=24.7113&mlon=46.6744#map=16/24.70/46.60',
      'https://maps.google.com/?q=24.7113,46.6744',
      'https://www.google.com/maps/@24.7113,46.6744,15z',
      'https://www.openstreetmap.org/#map=16/24.7113/46.6744',
    ])
      expect(readCoordinates(link)).toEqual(riyadh);
  });

  it('is none where there is no such place', () => {
    for (const text of ['', 'Riyadh', '24.7113', '124.7, 46.6', '24, 200', 'https://maps.app.goo.gl/abc'])
      expect(readCoordinates(text)).toBeNull();
  });
});
