import sharp from 'sharp';
import type { AvatarShaper } from '../../application/profile/avatar-ports.ts';
import { createTurns } from '../turns.ts';
import { imageKindOf, isMovingPng } from './image-kind.ts';

const edge = 512;
/** A small file may unfold to gigabytes; a camera's picture has about 50 megapixels. */
const mostPixels = 50_000_000;
const seconds = 10;

// The library knows dozens of formats, of which some run programs' worth of code: only three are for anybody to send.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});

/** Decodes, turns upright, crops to a square, and writes afresh: no EXIF, no colour profile, no trailing bytes survive. */
export const createSharpShaper = (): AvatarShaper => {
  const turns = createTurns(2);
  return (bytes) =>
    turns(async () => {
      const kind = imageKindOf(bytes);
      if (kind === null || (kind === 'png' && isMovingPng(bytes))) return 'UNSUPPORTED_IMAGE';
      try {
        // Reads the head alone: nothing unfolds yet.
        const head = await sharp(bytes, { limitInputPixels: false }).metadata();
        const { format, pages = 1, width, height } = head;
        if (format !== kind || pages > 1) return 'UNSUPPORTED_IMAGE';
        if (width * height > mostPixels) return 'TOO_LARGE';
        return await sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true })
          .timeout({ seconds })
          .autoOrient()
          .resize(edge, edge, { fit: 'cover' })
          .webp({ quality: 82 })
          .toBuffer();
      } catch {
        // Whatever a decoder cannot read is no picture.
        return 'UNSUPPORTED_IMAGE';
      }
    });
};
