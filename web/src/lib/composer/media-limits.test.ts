import { describe, expect, it } from 'vitest';
import { acceptOf, judge, takesCaption } from './media-limits.ts';

const mebi = 1_024 * 1_024;
const file = (name: string, type: string, size = 1_000) => ({ name, type, size });

describe('a file before it is sent', () => {
  it('is of the kind its type says, or its ending where the browser says nothing', () => {
    expect(judge(file('a.jpg', 'image/jpeg')).kind).toBe('IMAGE');
    expect(judge(file('a.webp', 'image/webp')).kind).toBe('STICKER');
    expect(judge(file('voice.ogg', 'audio/ogg; codecs=opus')).kind).toBe('AUDIO');
    expect(judge(file('song.m4a', 'audio/x-m4a')).kind).toBe('AUDIO');
    expect(judge(file('Offer.DOCX', '')).kind).toBe('DOCUMENT');
    expect(judge(file('a.pdf', 'application/octet-stream')).kind).toBe('DOCUMENT');
  });

  it('is refused when WhatsApp takes none of its type', () => {
    for (const one of [file('a.gif', 'image/gif'), file('a.exe', ''), file('a.zip', 'application/zip')])
      expect(judge(one).fault).toBe('type');
  });

  it('is refused when it is larger than its kind may be, or empty', () => {
    expect(judge(file('a.jpg', 'image/jpeg', 5 * mebi)).fault).toBeNull();
    expect(judge(file('a.jpg', 'image/jpeg', 5 * mebi + 1))).toMatchObject({ fault: 'size', max: 5 * mebi });
    expect(judge(file('a.mp4', 'video/mp4', 17 * mebi)).fault).toBe('size');
    expect(judge(file('a.pdf', 'application/pdf', 100 * mebi)).fault).toBeNull();
    expect(judge(file('a.pdf', 'application/pdf', 0)).fault).toBe('empty');
  });

  it('may carry words if it is a picture, a film or a document', () => {
    expect((['IMAGE', 'VIDEO', 'DOCUMENT', 'AUDIO', 'STICKER'] as const).map(takesCaption)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(acceptOf(['IMAGE', 'VIDEO'])).toBe('image/jpeg,image/png,video/mp4,video/3gpp');
  });
});
