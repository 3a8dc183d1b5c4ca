import type { Coupons } from '../../../../subgraphs/orders/src/application/checkout/ports.ts';
import type { OrdersWithin } from './within.ts';

const anHour = 3_600_000;

/**
 * Coupons within a transaction. Whoever wants the last use of one holds its row first; how often one buyer may use it is held by
 * the buyer's cart, as on Postgres.
 */
export const createCouponStore = ({ tx, tables, scheduler }: OrdersWithin): Coupons => {
  const { promotions, redemptions, guesses } = tables;
  const guessesOf = (buyerId: string) => {
    const row = tx.read(guesses, buyerId);
    return row && row.since > scheduler.now() - anHour ? row : { since: scheduler.now(), wrong: 0 };
  };
  /** One more or one less of a promotion that counts its uses; false when none is left. */
  const count = async (id: string, change: 1 | -1): Promise<boolean> => {
    if (tx.read(promotions, id)?.terms.limitTotal === null) return true;
    await tx.lock(`promotions ${id}`);
    const row = tx.read(promotions, id);
    const redeemed = (row?.redeemed ?? 0) + change;
    if (!row || redeemed > (row.terms.limitTotal ?? 0)) return false;
    await tx.put(promotions, id, { ...row, redeemed });
    return true;
  };
  return {
    find: async (key, buyerId) => {
      await tx.statement('looks for a coupon');
      const row = tx.rows(promotions).find(({ promotion: { code } }) => code === key);
      if (!row) return null;
      const redeemedByBuyer = tx
        .rows(redemptions)
        .filter(
          (use) => use.promotionId === row.promotion.id && use.buyerId === buyerId && !use.isGivenBack,
        ).length;
      return { ...row, redeemedByBuyer };
    },
    redeem: async ({ promotionId, buyerId, orderId }) => {
      await tx.statement('uses a coupon');
      if (!(await count(promotionId, 1))) return false;
      await tx.put(redemptions, orderId, { promotionId, buyerId, isGivenBack: false });
      return true;
    },
    giveBack: async (orderId) => {
      await tx.statement('gives a coupon back');
      await tx.lock(`${redemptions.name} ${orderId}`);
      const use = tx.read(redemptions, orderId);
      if (!use || use.isGivenBack) return;
      await tx.put(redemptions, orderId, { ...use, isGivenBack: true });
      await count(use.promotionId, -1);
    },
    wrongGuesses: async (buyerId) => {
      await tx.statement('counts wrong codes');
      return guessesOf(buyerId).wrong;
    },
    noteWrongGuess: async (buyerId) => {
      await tx.statement('notes a wrong code');
      await tx.lock(`${guesses.name} ${buyerId}`);
      const { since, wrong } = guessesOf(buyerId);
      await tx.put(guesses, buyerId, { since, wrong: wrong + 1 });
    },
  };
};
