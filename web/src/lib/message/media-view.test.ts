import { describe, expect, it } from 'vitest';
import { fileNameParts, frameRatio, sheetLabel } from './media-view.ts';

describe('the frame of a picture', () => {
  it('is of its own shape, but neither a tower nor a ribbon', () => {
    expect(frameRatio({ width: 1_200, height: 800 })).toBe(1.5);
    expect(frameRatio({ width: 500, height: 3_000 })).toBe(0.75);
    expect(frameRatio({ width: 5_000, height: 100 })).toBe(2);
    expect(frameRatio({ width: null, height: null })).toBeCloseTo(1.33, 1);
  });
});

describe('the name of a file', () => {
  it('keeps its ending in place where its words run to the left', () => {
    expect(fileNameParts('نموذج استبدال 20418.pdf')).toEqual({ words: 'نموذج استبدال ', ending: '20418.pdf' });
    expect(fileNameParts('فاتورة_20418.pdf')).toEqual({ words: 'فاتورة', ending: '_20418.pdf' });
    expect(fileNameParts('عقد.docx')).toEqual({ words: 'عقد', ending: '.docx' });
    expect(fileNameParts('Exchange form.pdf')).toEqual({ words: '', ending: 'Exchange form.pdf' });
  });

  it('gives the sheet its letters, or else its type does', () => {
    expect(sheetLabel({ fileName: 'a.docx', mimeType: null })).toBe('DOCX');
    expect(sheetLabel({ fileName: null, mimeType: 'application/pdf' })).toBe('PDF');
    expect(sheetLabel({ fileName: 'README', mimeType: 'application/octet-stream' })).toBe('');
  });
});
