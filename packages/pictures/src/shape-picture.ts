import { createLine } from '@emporium/subgraph';
import sharp, { type Sharp } from 'sharp';
import { imageKindOf, isMovingPng } from './image-kind.ts';
import type { ShapeRefusal } from './uploads.ts';

/** A small file may unfold to gigabytes; a camera's picture has about 50 megapixels. */
const mostPixels = 50_000_000;
const seconds = 10;

// The library knows dozens of formats, of which some run programs' worth of code: only three are for anybody to send.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});

/**
 * Decodes what somebody sent, turns it upright, and has `make` write it afresh: no EXIF, no colour profile, no trailing bytes
 * survive. Two at a time; whoever would wait too long is told BUSY.
 */
export const createPictureShaper = <Shaped extends object>(make: (picture: Sharp) => Promise<Shaped>) => {
  const line = createLine({ width: 2, firstGuessMs: 200, longestWaitSeconds: 2 * seconds });
  return (bytes: Uint8Array): Promise<Shaped | ShapeRefusal> =>
    line(async () => {
      const kind = imageKindOf(bytes);
      if (kind === null || (kind === 'png' && isMovingPng(bytes))) return 'UNSUPPORTED_IMAGE';
      try {
        // Reads the head alone: nothing unfolds yet.
        const head = await sharp(bytes, { limitInputPixels: false }).metadata();
        const { format, pages = 1, width, height } = head;
        if (format !== kind || pages > 1) return 'UNSUPPORTED_IMAGE';
        if (width * height > mostPixels) return 'TOO_LARGE';
        const picture = sharp(bytes, {
          limitInputPixels: mostPixels,
          failOn: 'error',
          sequentialRead: true,
        });
        return await make(picture.timeout({ seconds }).autoOrient());
      } catch {
        // Whatever a decoder cannot read is no picture.
        return 'UNSUPPORTED_IMAGE';
      }
    });
};
