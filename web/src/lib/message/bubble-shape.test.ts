import { describe, expect, it } from 'vitest';
import { bubbleShape } from './bubble-shape.ts';

describe('the shape of a bubble', () => {
  it('follows what the message is', () => {
    expect(bubbleShape({ kind: 'TEXT', text: 'Hello' })).toBe('plain');
    expect(bubbleShape({ kind: 'IMAGE', text: null })).toBe('media');
    expect(bubbleShape({ kind: 'STICKER', text: null, media: { status: 'STORED' } })).toBe('bare');
    expect(bubbleShape({ kind: 'STICKER', text: null, media: { status: 'FAILED' } })).toBe('plain');
    expect(bubbleShape({ kind: 'INTERACTIVE', text: 'Choose', interactive: {} })).toBe('card');
    expect(bubbleShape({ kind: 'INTERACTIVE', text: 'Yes' })).toBe('plain');
  });

  it('is large for emojis alone, unless they answer something', () => {
    expect(bubbleShape({ kind: 'TEXT', text: '🙏' })).toBe('large');
    expect(bubbleShape({ kind: 'TEXT', text: '🙏', replyTo: {} })).toBe('plain');
  });

  it('is plain for what was taken back', () => {
    expect(bubbleShape({ kind: 'IMAGE', text: null, revokedAt: '2026-11-24T10:00:00Z' })).toBe('plain');
  });
});
