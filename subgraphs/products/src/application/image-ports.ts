/** What the use cases of images ask of the outside. */
import type { Instant } from '@emporium/domain';
import type { PictureStore, ShapeRefusal } from '@emporium/pictures/uploads';
import type { ImageSize } from '../domain/images.ts';
import type { ProductId } from '../domain/product.ts';

/** Invitations and files, in one transaction; times are the database's. */
export type Images = {
  /** Dooms the file that is to come. Answers when the invitation ends. */
  readonly invite: (
    productId: ProductId,
    upload: { readonly id: string; readonly fingerprint: string },
  ) => Promise<Instant>;
  /** How many uploads of the product may come yet. */
  readonly countInvited: (productId: ProductId) => Promise<number>;
  readonly isInvited: (productId: ProductId, uploadId: string) => Promise<boolean>;
  /** True for the first alone who confirms it. */
  readonly take: (productId: ProductId, uploadId: string) => Promise<boolean>;
  /** Dooms files that are about to be written. */
  readonly announce: (fileId: string) => Promise<void>;
  /** Spares an image's files; throws when they are gone already. */
  readonly spare: (fileId: string) => Promise<void>;
  /** An image's files are to go now. */
  readonly doom: (fileId: string) => Promise<void>;
  /** Strikes off a file that is removed. */
  readonly forget: (key: string) => Promise<void>;
};

/** One picture in all sizes, each WebP, and how large the largest is. */
export type ShapedImage = {
  readonly width: number;
  readonly height: number;
  readonly files: Readonly<Record<ImageSize, Uint8Array>>;
};

export type ImageDependencies = {
  readonly store: PictureStore;
  readonly shape: (bytes: Uint8Array) => Promise<ShapedImage | ShapeRefusal>;
  readonly newId: () => string;
  readonly secrets: { create(): string; fingerprint(secret: string): string };
  /** Where the public finds a file. */
  readonly imageUrl: (file: string) => string;
  /** Files whose time has come, a few at a time. */
  readonly dueFiles: () => Promise<readonly string[]>;
};

/** Where one of an image's files lies. */
export const imageKey = (file: string): string => `product-images/${file}`;
