import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type SampleName, sampleOf } from '../../../simulator/samples.ts';
import { contentType, kindOf, receivedType, UNKNOWN_TYPE } from './content-type.ts';
import { playOf } from './play-time.ts';

const zip = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), Buffer.alloc(200)]);
const oldOffice = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

describe('the type of a file', () => {
  it.each<[string, Buffer, string, string]>([
    ['a picture that is called a document', sampleOf('png').bytes, 'application/pdf', 'image/png'],
    ['a voice message', sampleOf('ogg').bytes, 'audio/ogg', 'audio/ogg; codecs=opus'],
    ['a document of Word', zip, docx, docx],
    ['an archive', zip, 'image/png', 'application/zip'],
    ['an old sheet of Excel', oldOffice, 'application/vnd.ms-excel', 'application/vnd.ms-excel'],
    ['what lies like an old document and says it is a picture', oldOffice, 'image/png', 'application/x-cfb'],
    ['text in Arabic that is cut in the middle of a letter', Buffer.from('مرحبا').subarray(0, 9), 'text/plain', 'text/plain'],
    ['a page', Buffer.from('<html></html>'), 'text/html', 'text/plain'],
    ['noise', Buffer.concat([Buffer.from([0, 1, 2]), randomBytes(100)]), 'text/plain', UNKNOWN_TYPE],
  ])('of %s is found in its content', async (_what, head, saidToBe, expected) => {
    expect(await contentType(head, saidToBe)).toBe(expected);
  });

  it.each<[string, string, string, string]>([
    ['IMAGE', 'image/jpeg', 'image/png', 'image/jpeg'],
    ['IMAGE', 'application/pdf', 'image/png', UNKNOWN_TYPE],
    ['IMAGE', 'image/svg+xml', 'image/svg+xml', UNKNOWN_TYPE],
    ['STICKER', 'image/webp', 'image/webp', 'image/webp'],
    ['VIDEO', 'audio/mp4', 'video/mp4', UNKNOWN_TYPE],
    ['DOCUMENT', 'application/pdf', 'application/pdf', 'application/pdf'],
    ['DOCUMENT', 'image/jpeg', 'image/jpg', 'image/jpeg'],
    ['DOCUMENT', 'text/plain', 'text/csv', 'text/plain'],
    ['DOCUMENT', 'image/png', 'application/pdf', UNKNOWN_TYPE],
  ])('of a received %s with %s in it, said to be %s, counts as %s', (kind, found, said, expected) => {
    expect(receivedType(kind as 'IMAGE', found, said)).toBe(expected);
  });

  it.each([
    ['image/jpeg', 'IMAGE'],
    ['image/webp', 'STICKER'],
    ['video/3gpp', 'VIDEO'],
    ['audio/ogg; codecs=opus', 'AUDIO'],
    ['application/pdf', 'DOCUMENT'],
    ['application/zip', 'DOCUMENT'],
  ])('%s goes out as %s', (type, kind) => {
    expect(kindOf(type)).toBe(kind);
  });
});

describe('how long a recording plays', () => {
  const play = (name: SampleName) => playOf(sampleOf(name).mimeType, sampleOf(name).bytes, sampleOf(name).bytes);

  it('is read from it', () => {
    expect(play('ogg').durationMs).toBeGreaterThan(100);
    expect(play('mp4').durationMs).toBeGreaterThan(100);
    expect(play('mp4').width).toBeGreaterThan(0);
  });

  it('is unknown for what does not say, and for rubbish', () => {
    const nothing = { durationMs: null, width: null, height: null };
    expect(play('png')).toEqual(nothing);
    expect(playOf('video/mp4', Buffer.from('mvhd'), Buffer.alloc(0))).toEqual(nothing);
    expect(playOf('audio/ogg', Buffer.from('OpusHead'), Buffer.from('OggS'))).toEqual(nothing);
    const endless = Buffer.concat([Buffer.from('OpusHead'), Buffer.alloc(4), Buffer.from('OggS'), Buffer.alloc(20, 0xff)]);
    expect(playOf('audio/ogg', endless, endless)).toEqual(nothing);
  });
});
