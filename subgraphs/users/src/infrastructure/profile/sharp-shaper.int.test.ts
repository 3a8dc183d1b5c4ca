import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createSharpShaper } from './sharp-shaper.ts';

const shape = createSharpShaper();

const plain = (width: number, height: number, background = 'red') =>
  sharp({ create: { width, height, channels: 3, background }, limitInputPixels: false });

const moving = async () => {
  const frames = await Promise.all(['red', 'blue'].map((colour) => plain(20, 20, colour).png().toBuffer()));
  return sharp(frames, { join: { animated: true } });
};

const shaped = async (bytes: Uint8Array) => {
  const picture = await shape(bytes);
  if (typeof picture === 'string') throw new Error(picture);
  return Buffer.from(picture);
};

describe('shaping a picture', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('makes a square WebP of a %s', async (format) => {
    const picture = await shaped(await plain(800, 300).toFormat(format).toBuffer());
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'webp', width: 512, height: 512 });
  });

  it('makes a small picture as large', async () => {
    const picture = await shaped(await plain(1, 1).png().toBuffer());
    expect(await sharp(picture).metadata()).toMatchObject({ width: 512, height: 512 });
  });

  it('keeps nothing else that was in the file: no place, no camera, no trailing bytes', async () => {
    const secret = 'GPS 51.5 N';
    const exif = { IFD0: { Copyright: secret, Make: secret }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } };
    const jpeg = await plain(600, 600).withExif(exif).jpeg().toBuffer();
    expect(jpeg.includes(secret)).toBe(true);
    const picture = await shaped(Buffer.concat([jpeg, Buffer.from('<script>alert(1)</script>')]));
    const { exif: kept, xmp, icc, iptc } = await sharp(picture).metadata();
    expect({ kept, xmp, icc, iptc }).toEqual({});
    expect(picture.includes(secret)).toBe(false);
    expect(picture.includes('<script>')).toBe(false);
  });

  it('turns it as its camera was held', async () => {
    const left = await plain(40, 80, 'red').png().toBuffer();
    const wide = await plain(80, 80, 'blue')
      .composite([{ input: left, left: 0, top: 0 }])
      .png()
      .toBuffer();
    // Orientation 6: to be shown a quarter turn clockwise, so that the left is on top.
    const turned = await sharp(wide).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { data, info } = await sharp(await shaped(turned))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const pixel = (x: number, y: number) =>
      [...data.subarray((y * info.width + x) * info.channels)].slice(0, 3);
    const [top, bottom] = [pixel(256, 50), pixel(256, 460)];
    expect(top[0]).toBeGreaterThan(200);
    expect(bottom[2]).toBeGreaterThan(200);
  });

  it('refuses what moves', async () => {
    const webp = await (await moving()).webp().toBuffer();
    expect(await shape(webp)).toBe('UNSUPPORTED_IMAGE');
  });

  it.each([
    ['a GIF', async () => (await moving()).gif().toBuffer()],
    ['a TIFF', () => plain(10, 10).tiff().toBuffer()],
    ['an AVIF', () => plain(10, 10).avif().toBuffer()],
    ['an SVG', async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a page', async () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['nothing', async () => Buffer.alloc(0)],
    ['a head without a body', async () => Buffer.from('\xff\xd8\xff\xe0nonsense', 'latin1')],
    [
      'half a JPEG',
      async () => {
        const whole = await plain(600, 600).jpeg().toBuffer();
        return whole.subarray(0, whole.length / 2);
      },
    ],
  ])('refuses %s', async (_what, make) => {
    expect(await shape(await make())).toBe('UNSUPPORTED_IMAGE');
  });

  it('refuses a small file that unfolds to a huge picture, without unfolding it', async () => {
    const bomb = await plain(8_000, 8_000).png({ compressionLevel: 9 }).toBuffer();
    expect(bomb.length).toBeLessThan(1_000_000);
    const before = process.memoryUsage().rss;
    expect(await shape(bomb)).toBe('TOO_LARGE');
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });
});
