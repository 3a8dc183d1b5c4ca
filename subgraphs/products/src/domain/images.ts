/** A product's pictures, in the order to show; the first stands for it. */
import type { Id } from '@emporium/domain';
import { isLonger } from '@emporium/domain';

export type ImageId = Id<'Image'>;

export type Image = {
  readonly id: ImageId;
  /** Random: its files' names say nothing, and are never another's. */
  readonly fileId: string;
  /** Of the largest of its sizes, in pixels. */
  readonly width: number;
  readonly height: number;
  /** What it shows, in words, for who cannot see it. */
  readonly alt: string | null;
};

export const mostImages = 10;
const longestAlt = 300;

export const imageSizes = ['SMALL', 'MEDIUM', 'LARGE'] as const;
export type ImageSize = (typeof imageSizes)[number];

/** The name of one of its files, beneath the images' path. */
export const imageFile = (fileId: string, size: ImageSize): string =>
  `${fileId}-${size.toLowerCase()}.webp`;

const printable = /^[^\p{Cc}\p{Cs}]*$/u;

export const altProblem = (alt: string): string | null =>
  !isLonger(alt, longestAlt) && printable.test(alt)
    ? null
    : `A picture’s words are one line of at most ${longestAlt} characters.`;

/** The images in another order; null where it is not one of exactly these. */
export const inOrder = (images: readonly Image[], ids: readonly string[]): readonly Image[] | null => {
  const byId = new Map<string, Image>(images.map((image) => [image.id, image]));
  const ordered = [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
  return ordered.length === images.length && ids.length === images.length ? ordered : null;
};
