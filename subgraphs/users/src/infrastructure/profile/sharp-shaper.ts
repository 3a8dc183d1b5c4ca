import { createPictureShaper } from '@emporium/pictures';
import type { AvatarShaper } from '../../application/profile/avatar-ports.ts';

const edge = 512;

/** Crops to a square. */
export const createSharpShaper = (): AvatarShaper =>
  createPictureShaper((picture) =>
    picture.resize(edge, edge, { fit: 'cover' }).webp({ quality: 82 }).toBuffer(),
  );
