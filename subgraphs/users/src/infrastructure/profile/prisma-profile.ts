import type { Seal } from '@emporium/encryption';
import type { ProfilePorts } from '../../application/profile/profile-ports.ts';
import type { Prisma } from '../generated/client.ts';
import { prismaAddresses } from './prisma-addresses.ts';
import { prismaAvatars } from './prisma-avatars.ts';
import { prismaPreferences } from './prisma-preferences.ts';
import { prismaWishlist } from './prisma-wishlist.ts';

/** A user's profile, in one transaction. */
export const prismaProfile = (tx: Prisma.TransactionClient, seal: Seal): ProfilePorts => ({
  addresses: prismaAddresses(tx, seal),
  preferences: prismaPreferences(tx),
  wishlist: prismaWishlist(tx),
  avatars: prismaAvatars(tx),
});
