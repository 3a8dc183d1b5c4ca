import { describe, expect, it } from 'vitest';
import { imageKindOf, isMovingPng } from './image-kind.ts';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const chunk = (type: string, data = '') => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return `${length.toString('latin1')}${type}${data}crc!`;
};
const head = '\x89PNG\r\n\x1a\n';

describe('the kind of a file', () => {
  it.each([
    ['\xff\xd8\xff\xe0', 'jpeg'],
    [head, 'png'],
    ['RIFF\x00\x00\x00\x00WEBP', 'webp'],
    ['RIFF\x00\x00\x00\x00WAVE', null],
    ['GIF89a', null],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', null],
    ['%PDF-1.7', null],
    ['MZ', null],
    ['', null],
    ['\xff\xd8', null],
  ])('%j is %s', (text, kind) => expect(imageKindOf(bytes(text))).toBe(kind));
});

describe('a PNG', () => {
  it.each([
    ['plain', chunk('IHDR', 'x'.repeat(13)) + chunk('IDAT', 'acTL') + chunk('IEND'), false],
    ['moving', chunk('IHDR', 'x'.repeat(13)) + chunk('acTL', '12345678') + chunk('IDAT'), true],
    ['cut short', chunk('IHDR', 'x'.repeat(13)).slice(0, 20), false],
    ['of one endless chunk', '\xff\xff\xff\xffIHDR', false],
  ])('that is %s', (_what, chunks, moves) => expect(isMovingPng(bytes(head + chunks))).toBe(moves));
});
