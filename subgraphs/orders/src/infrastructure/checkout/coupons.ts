import type { Coupons } from '../../application/checkout/ports.ts';
import type { Tx } from '../database.ts';
import { promotionOf, termsOf } from './promotion-row.ts';

/**
 * Coupons within a transaction. The total limit is held by one conditional UPDATE, whose row lock makes those who want the
 * last use at once take turns; the limit per buyer by the buyer's cart, which is held from the start.
 */
export const createCoupons = (tx: Tx): Coupons => ({
  find: async (codeKey, buyerId) => {
    const row = await tx.promotion.findUnique({ where: { codeKey } });
    if (!row) return null;
    const redeemedByBuyer = await tx.promotionRedemption.count({
      where: { promotionId: row.id, buyerId, givenBackAt: null },
    });
    return { promotion: promotionOf(row), terms: termsOf(row), redeemed: row.redeemed, redeemedByBuyer };
  },

  redeem: async ({ promotionId, buyerId, orderId }) => {
    const taken = await tx.$executeRaw`
      UPDATE promotions SET redeemed = redeemed + 1
      WHERE id = ${promotionId} AND limit_total IS NOT NULL AND redeemed < limit_total`;
    const redeemed = await tx.$executeRaw`
      INSERT INTO promotion_redemptions (order_id, promotion_id, buyer_id)
      SELECT ${orderId}, id, ${buyerId} FROM promotions
      WHERE id = ${promotionId} AND (limit_total IS NULL OR ${taken}::int = 1)`;
    return redeemed === 1;
  },

  giveBack: async (orderId) => {
    await tx.$executeRaw`
      WITH given_back AS (
        UPDATE promotion_redemptions SET given_back_at = now()
        WHERE order_id = ${orderId} AND given_back_at IS NULL
        RETURNING promotion_id
      )
      UPDATE promotions SET redeemed = redeemed - 1 FROM given_back
      WHERE id = given_back.promotion_id AND limit_total IS NOT NULL`;
  },

  wrongGuesses: async (buyerId) => {
    const [row] = await tx.$queryRaw<{ wrong: number }[]>`
      SELECT wrong FROM coupon_guesses WHERE buyer_id = ${buyerId} AND since > now() - interval '1 hour'`;
    return row?.wrong ?? 0;
  },

  noteWrongGuess: async (buyerId) => {
    await tx.$executeRaw`
      INSERT INTO coupon_guesses AS ours (buyer_id, since, wrong) VALUES (${buyerId}, now(), 1)
      ON CONFLICT (buyer_id) DO UPDATE SET
        since = CASE WHEN ours.since > now() - interval '1 hour' THEN ours.since ELSE now() END,
        wrong = CASE WHEN ours.since > now() - interval '1 hour' THEN ours.wrong + 1 ELSE 1 END`;
  },
});
