import { asInstant } from '@emporium/domain';
import { doomedFiles } from '@emporium/pictures';
import { patienceSeconds, uploadKey, uploadSeconds } from '@emporium/pictures/uploads';
import { type Images, imageKey } from '../application/image-ports.ts';
import { imageFile, imageSizes } from '../domain/images.ts';
import type { Prisma } from './generated/client.ts';

/** Invitations to upload, and the files of images, in one transaction. */
export const createImages = (tx: Prisma.TransactionClient): Images => {
  const files = doomedFiles(tx);
  const ofEach = async (fileId: string, act: (key: string) => Promise<void>) => {
    for (const size of imageSizes) await act(imageKey(imageFile(fileId, size)));
  };
  return {
    invite: async (productId, { id, fingerprint }) => {
      await files.doom(uploadKey(id), uploadSeconds + patienceSeconds);
      await tx.$executeRaw`DELETE FROM image_uploads WHERE product_id = ${productId} AND expires_at <= now()`;
      const [row] = await tx.$queryRaw<{ expires_at: Date }[]>`
        INSERT INTO image_uploads (id, product_id, fingerprint, expires_at)
        VALUES (${id}, ${productId}, ${fingerprint}, now() + make_interval(secs => ${uploadSeconds}))
        RETURNING expires_at`;
      if (!row) throw new Error('an invitation was not written');
      return asInstant(row.expires_at.toISOString());
    },
    countInvited: async (productId) => {
      const [row] = await tx.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM image_uploads
        WHERE product_id = ${productId} AND expires_at > now() AND NOT taken`;
      return row?.count ?? 0;
    },
    isInvited: async (productId, uploadId) => {
      const rows = await tx.$queryRaw<unknown[]>`
        SELECT 1 FROM image_uploads
        WHERE id = ${uploadId} AND product_id = ${productId} AND expires_at > now() AND NOT taken`;
      return rows.length > 0;
    },
    take: async (productId, uploadId) => {
      const { count } = await tx.imageUpload.updateMany({
        where: { id: uploadId, productId, taken: false },
        data: { taken: true },
      });
      return count > 0;
    },
    announce: (fileId) => ofEach(fileId, files.announce),
    spare: (fileId) => ofEach(fileId, files.spare),
    doom: (fileId) => ofEach(fileId, (key) => files.doom(key, 0)),
    forget: async (key) => {
      await files.forget(key);
    },
  };
};
