import {
  type Bucket,
  createPictureShaper,
  doomedFiles,
  openPictureStore,
  uploadSecrets,
} from '@emporium/pictures';
import { v7 } from 'uuid';
import type { ImageDependencies, ShapedImage } from '../application/image-ports.ts';
import type { PrismaClient } from './generated/client.ts';

type Options = {
  readonly folder: string;
  /** Null keeps the files in the folder. */
  readonly bucket: Bucket | null;
  /** Where the public finds what lies beneath `/product-images` of this service. */
  readonly imageUrl: (path: string) => string;
};

/** A name is never another picture's, so that nobody need ask for it again. */
const keepSeconds = 365 * 24 * 60 * 60;

/** The longest edge of each size, in pixels; what is smaller stays as it is. */
const edges = { SMALL: 200, MEDIUM: 600, LARGE: 1600 } as const;

const createImageShaper = () =>
  createPictureShaper(async (picture): Promise<ShapedImage> => {
    const fit = (edge: number) =>
      picture
        .clone()
        .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
        .webp({ quality: 82 })
        .toBuffer({ resolveWithObject: true });
    const large = await fit(edges.LARGE);
    const [medium, small] = [await fit(edges.MEDIUM), await fit(edges.SMALL)];
    const { width, height } = large.info;
    return { width, height, files: { LARGE: large.data, MEDIUM: medium.data, SMALL: small.data } };
  });

/** Where images are kept and how they are shaped, and the open paths that go with it. */
export const openImages = async (prisma: PrismaClient, { folder, bucket, imageUrl }: Options) => {
  const { store, routes } = await openPictureStore({
    folder,
    bucket,
    path: '/product-images/',
    keepSeconds,
    publicUrl: imageUrl,
    invitedBy: 'requestProductImageUpload',
    findUpload: async (token) => {
      const [row] = await prisma.$queryRaw<{ id: string }[]>`
        SELECT id FROM image_uploads
        WHERE fingerprint = ${uploadSecrets.fingerprint(token)} AND expires_at > now() AND NOT taken`;
      return row?.id ?? null;
    },
  });
  const dependencies: ImageDependencies = {
    store,
    shape: createImageShaper(),
    newId: () => v7(),
    secrets: uploadSecrets,
    imageUrl,
    dueFiles: () => doomedFiles(prisma).due(),
  };
  return { dependencies, routes };
};
