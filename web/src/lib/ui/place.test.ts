import { describe, expect, it } from 'vitest';
import { place } from './place.ts';

const view = { width: 1_000, height: 600 };
const size = { width: 200, height: 150 };
const button = { left: 500, top: 300, width: 40, height: 30 };

describe('where a box opens', () => {
  it('is the side and edge that were asked for, mirrored from right to left', () => {
    expect(place(button, size, view, 'below-start', false)).toEqual({ left: 500, top: 336 });
    expect(place(button, size, view, 'below-start', true)).toEqual({ left: 340, top: 336 });
    expect(place(button, size, view, 'above-end', false)).toEqual({ left: 340, top: 144 });
    expect(place(button, size, view, 'beside', false)).toEqual({ left: 550, top: 180 });
    expect(place(button, size, view, 'beside', true)).toEqual({ left: 290, top: 180 });
  });

  it('is the other side where there is no room', () => {
    expect(place({ ...button, top: 560 }, size, view, 'below-start', false).top).toBe(404);
    expect(place({ ...button, top: 20 }, size, view, 'above-start', false).top).toBe(56);
  });

  it('is always wholly in sight', () => {
    expect(place({ ...button, left: 970 }, size, view, 'below-start', false).left).toBe(792);
    expect(place({ ...button, left: 2 }, size, view, 'below-end', false).left).toBe(8);
  });
});
