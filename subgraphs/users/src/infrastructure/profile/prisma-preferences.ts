import type { PreferencesOfUsers } from '../../application/profile/profile-ports.ts';
import type { Channel, Preferences } from '../../domain/profile/preferences.ts';
import type { Prisma } from '../generated/client.ts';

type Row = { readonly locale: string; readonly currency: string; readonly channels: readonly string[] };

/** The table's constraint keeps the channels what the type says. */
export const toPreferences = ({ locale, currency, channels }: Row): Preferences => ({
  locale,
  currency,
  channels: channels as readonly Channel[],
});

/** Users' preferences, in one transaction. */
export const prismaPreferences = (tx: Prisma.TransactionClient): PreferencesOfUsers => ({
  find: async (userId) => {
    const row = await tx.preferences.findUnique({ where: { userId } });
    return row && toPreferences(row);
  },
  put: async (userId, { locale, currency, channels }) => {
    const data = { locale, currency, channels: [...channels] };
    await tx.preferences.upsert({ where: { userId }, create: { ...data, userId }, update: data });
  },
  remove: async (userId) => {
    await tx.preferences.deleteMany({ where: { userId } });
  },
});
