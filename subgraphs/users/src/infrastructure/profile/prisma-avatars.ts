import { asInstant } from '@emporium/domain';
import { doomedFiles } from '@emporium/pictures';
import { patienceSeconds, uploadKey, uploadSeconds } from '@emporium/pictures/uploads';
import { type Avatars, avatarKey } from '../../application/profile/avatar-ports.ts';
import type { Prisma } from '../generated/client.ts';
import { isId } from '../user-rows.ts';

/** Avatars, invitations to upload one, and files that are to go, in one transaction; times are the database's. */
export const prismaAvatars = (tx: Prisma.TransactionClient): Avatars => {
  const files = doomedFiles(tx);
  /** The file of whoever is not shown with it any more. */
  const dropPicture = async (userId: string) => {
    const [former] = await tx.$queryRaw<{ file_id: string }[]>`
      DELETE FROM avatars WHERE user_id = ${userId} RETURNING file_id`;
    if (former) await files.doom(avatarKey(former.file_id), 0);
  };
  return {
    invite: async (userId, { id, fingerprint }) => {
      await files.doom(uploadKey(id), uploadSeconds + patienceSeconds);
      const [row] = await tx.$queryRaw<{ expires_at: Date }[]>`
        INSERT INTO avatar_uploads (user_id, id, fingerprint, expires_at)
        VALUES (${userId}, ${id}, ${fingerprint}, now() + make_interval(secs => ${uploadSeconds}))
        ON CONFLICT (user_id) DO UPDATE
        SET id = excluded.id, fingerprint = excluded.fingerprint, expires_at = excluded.expires_at, taken = false
        RETURNING expires_at`;
      if (!row) throw new Error('an invitation was not written');
      return asInstant(row.expires_at.toISOString());
    },
    isInvited: async (userId, uploadId) => {
      if (!isId(uploadId)) return false;
      const rows = await tx.$queryRaw<unknown[]>`
        SELECT 1 FROM avatar_uploads
        WHERE id = ${uploadId} AND user_id = ${userId} AND expires_at > now() AND NOT taken`;
      return rows.length > 0;
    },
    take: async (userId, uploadId) => {
      const { count } = await tx.avatarUpload.updateMany({
        where: { userId, id: uploadId, taken: false },
        data: { taken: true },
      });
      return count > 0;
    },
    endInvitation: async (userId, uploadId) => {
      const { count } = await tx.avatarUpload.deleteMany({ where: { userId, id: uploadId } });
      // Its file stays as doomed as it was: an upload that began in time may still be on its way.
      return count > 0;
    },
    announce: files.announce,
    show: async (userId, fileId) => {
      await files.spare(avatarKey(fileId));
      await dropPicture(userId);
      await tx.avatar.create({ data: { userId, fileId } });
    },
    erase: async (userId) => {
      await dropPicture(userId);
      await tx.avatarUpload.deleteMany({ where: { userId } });
    },
    forget: async (key) => {
      await files.forget(key);
    },
  };
};
