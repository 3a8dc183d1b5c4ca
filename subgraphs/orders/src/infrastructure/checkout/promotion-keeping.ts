import { v7 as newId } from 'uuid';
import type { RuleKeeping } from '../../application/checkout/ports.ts';
import type { NewPromotion, PromotionView } from '../../application/checkout/rule-views.ts';
import type { UserId } from '../../application/ports.ts';
import { couponKey } from '../../domain/checkout/coupon.ts';
import type { Tx } from '../database.ts';
import { holdRules } from './hold-rules.ts';
import { type PromotionRow, promotionOf, termsOf } from './promotion-row.ts';

type PromotionKeeping = Pick<
  RuleKeeping,
  'addPromotion' | 'countAutomatic' | 'ownerOfPromotion' | 'endPromotion' | 'promotions'
>;

const columnsOf = ({ benefit }: NewPromotion) => {
  switch (benefit.kind) {
    case 'PERCENTAGE':
      return { kind: benefit.kind, ratePpm: benefit.ratePpm };
    case 'FIXED_AMOUNT': {
      const { minor, currency } = benefit.amount;
      return { kind: benefit.kind, amountMinor: minor, currency };
    }
    case 'BUY_X_GET_Y':
      return { kind: benefit.kind, buy: benefit.buy, get: benefit.get };
  }
};

/** Promotions within a transaction: made and ended, never changed. */
export const createPromotionKeeping = (tx: Tx): PromotionKeeping => {
  /** How often each was used and not given back. */
  const viewsOf = async (rows: readonly PromotionRow[]): Promise<readonly PromotionView[]> => {
    const used = await tx.promotionRedemption.groupBy({
      by: ['promotionId'],
      where: { promotionId: { in: rows.map(({ id }) => id) }, givenBackAt: null },
      _count: true,
    });
    const byId = new Map(used.map(({ promotionId, _count }) => [promotionId, _count]));
    return rows.map((row) => ({ ...promotionOf(row), ...termsOf(row), redeemed: byId.get(row.id) ?? 0 }));
  };
  const viewOf = async (id: string): Promise<PromotionView> => {
    const [view] = await viewsOf([await tx.promotion.findUniqueOrThrow({ where: { id } })]);
    if (!view) throw new Error(`promotion ${id} is not there`);
    return view;
  };

  return {
    addPromotion: async (made) => {
      const { owner, code, name, minimum, validUntil, limitTotal, limitPerUser } = made;
      const { kind, ratePpm = null, ...rest } = { ...columnsOf(made) } as Partial<PromotionRow>;
      const id = newId();
      const added = await tx.$executeRaw`
        INSERT INTO promotions (id, seller_id, code, code_key, name, kind, rate_ppm, amount_minor, currency, buy, get,
          minimum_minor, minimum_currency, valid_from, valid_until, limit_total, limit_per_user)
        VALUES (${id}, ${owner}, ${code}, ${code && couponKey(code)}, ${name}, ${kind}, ${ratePpm},
          ${rest.amountMinor ?? null}, ${rest.currency ?? null}, ${rest.buy ?? null}, ${rest.get ?? null},
          ${minimum?.minor ?? null}, ${minimum?.currency ?? null},
          coalesce(${made.validFrom}::timestamptz, now()), ${validUntil}::timestamptz, ${limitTotal}, ${limitPerUser})
        ON CONFLICT (code_key) DO NOTHING`;
      return added === 1 ? viewOf(id) : null;
    },

    countAutomatic: async (owner) => {
      await holdRules(tx, 'promotions', owner);
      const [row] = await tx.$queryRaw<{ count: number }[]>`
        SELECT count(*)::integer AS count FROM promotions
        WHERE seller_id IS NOT DISTINCT FROM ${owner} AND code_key IS NULL
          AND (valid_until IS NULL OR valid_until > now())`;
      return row?.count ?? 0;
    },

    ownerOfPromotion: async (id) => {
      const row = await tx.promotion.findUnique({ where: { id }, select: { sellerId: true } });
      return row && { owner: row.sellerId as UserId | null };
    },

    endPromotion: async (id) => {
      await tx.$executeRaw`
        UPDATE promotions SET valid_until = least(valid_until, now()) WHERE id = ${id}`;
      return viewOf(id);
    },

    promotions: async (owner, { limit, after }) =>
      viewsOf(
        await tx.promotion.findMany({
          where: { sellerId: owner, ...(after !== null && { id: { lt: after } }) },
          orderBy: { id: 'desc' },
          take: limit,
        }),
      ),
  };
};
