import type { CheckoutRulebook } from '../../application/checkout/ports.ts';
import type { UserId, VariantId } from '../../application/ports.ts';
import type { ShippingRate, TaxRule } from '../../domain/checkout/rules.ts';
import type { Tx } from '../database.ts';
import { promotionOf } from './promotion-row.ts';

type RateRow = ShippingRate & { readonly sellerId: UserId | null };

/** The rules in force, within a transaction: four statements, however many lines there are. */
export const createRulebook = (tx: Tx): CheckoutRulebook => ({
  inForce: async ({ destination, sellerIds, variantIds, at }) => {
    const rates = await tx.$queryRaw<RateRow[]>`
      SELECT id, seller_id AS "sellerId", version, method, currency, flat_minor AS "flatMinor",
        per_item_minor AS "perItemMinor", free_from_minor AS "freeFromMinor", min_days AS "minDays", max_days AS "maxDays"
      FROM shipping_rates
      WHERE country = ${destination.country} AND (seller_id IS NULL OR seller_id = ANY(${sellerIds}))`;
    const setters = await tx.$queryRaw<{ sellerId: UserId }[]>`
      SELECT DISTINCT seller_id AS "sellerId" FROM shipping_rates WHERE seller_id = ANY(${sellerIds})`;
    const own = new Map<UserId, ShippingRate[]>(setters.map(({ sellerId }) => [sellerId, []]));
    for (const { sellerId, ...rate } of rates) if (sellerId !== null) own.get(sellerId)?.push(rate);
    const platform = rates.filter(({ sellerId }) => sellerId === null);

    const taxes = await tx.$queryRaw<TaxRule[]>`
      SELECT DISTINCT ON (region, category)
        id, version, name, region, category, rate_ppm AS "ratePpm", inclusive
      FROM tax_rules
      WHERE country = ${destination.country} AND (region IS NULL OR region = ${destination.region})
        AND valid_from <= ${at}::timestamptz
      ORDER BY region, category, valid_from DESC, version DESC`;
    const categories = await tx.$queryRaw<{ variantId: VariantId; category: string }[]>`
      SELECT variant_id AS "variantId", category FROM variant_tax_categories WHERE variant_id = ANY(${variantIds})`;

    const automatic = await tx.promotion.findMany({
      where: {
        codeKey: null,
        OR: [{ sellerId: null }, { sellerId: { in: [...sellerIds] } }],
        validFrom: { lte: at },
        AND: { OR: [{ validUntil: null }, { validUntil: { gt: at } }] },
      },
    });
    return {
      rules: { shipping: { own, platform }, taxes, automatic: automatic.map(promotionOf) },
      taxCategories: new Map(categories.map(({ variantId, category }) => [variantId, category])),
    };
  },
});
