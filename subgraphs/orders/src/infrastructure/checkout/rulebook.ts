import { asInstant, type Instant } from '@emporium/domain';
import type { CheckoutRulebook } from '../../application/checkout/ports.ts';
import type { UserId, VariantId } from '../../application/ports.ts';
import type { Promotion, ShippingRate, TaxRule } from '../../domain/checkout/rules.ts';
import type { Tx } from '../database.ts';
import { promotionOf } from './promotion-row.ts';

type RateRow = Omit<ShippingRate, 'flatMinor' | 'perItemMinor' | 'freeFromMinor'> & {
  readonly sellerId: UserId | null;
  readonly flatMinor: string;
  readonly perItemMinor: string;
  readonly freeFromMinor: string | null;
};

type Row = {
  readonly at: Date;
  readonly rates: readonly RateRow[];
  readonly setters: readonly UserId[];
  readonly taxes: readonly TaxRule[];
  readonly categories: readonly { readonly variantId: VariantId; readonly category: string }[];
  readonly hasAutomatic: boolean;
};

/** The rules in force, within a transaction: one statement, and one more where promotions need no code. */
export const createRulebook = (tx: Tx): CheckoutRulebook => ({
  inForce: async ({ destination: { country, region }, sellerIds, variantIds }) => {
    const [row] = await tx.$queryRaw<Row[]>`
      WITH asked AS MATERIALIZED (SELECT clock_timestamp() AS at),
      rate AS (
        SELECT id, seller_id AS "sellerId", version, method, currency, flat_minor::text AS "flatMinor",
          per_item_minor::text AS "perItemMinor", free_from_minor::text AS "freeFromMinor", min_days AS "minDays",
          max_days AS "maxDays"
        FROM shipping_rates
        WHERE country = ${country} AND (seller_id IS NULL OR seller_id = ANY(${sellerIds}))
      ), tax AS (
        SELECT DISTINCT ON (region, category) id, version, name, region, category, rate_ppm AS "ratePpm", inclusive
        FROM tax_rules, asked
        WHERE country = ${country} AND (region IS NULL OR region = ${region}) AND valid_from <= asked.at
        ORDER BY region, category, valid_from DESC, version DESC
      )
      SELECT at,
        (SELECT coalesce(jsonb_agg(rate), '[]') FROM rate) AS rates,
        (SELECT coalesce(jsonb_agg(DISTINCT seller_id), '[]') FROM shipping_rates
          WHERE seller_id = ANY(${sellerIds})) AS setters,
        (SELECT coalesce(jsonb_agg(tax), '[]') FROM tax) AS taxes,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('variantId', variant_id, 'category', category)), '[]')
          FROM variant_tax_categories WHERE variant_id = ANY(${variantIds})) AS categories,
        EXISTS (SELECT FROM promotions WHERE code_key IS NULL
          AND (seller_id IS NULL OR seller_id = ANY(${sellerIds}))) AS "hasAutomatic"
      FROM asked`;
    if (!row) throw new Error('an answer without a row');
    const at = asInstant(row.at.toISOString());
    const own = new Map<UserId, ShippingRate[]>(row.setters.map((sellerId) => [sellerId, []]));
    const platform: ShippingRate[] = [];
    for (const { sellerId, ...rate } of row.rates) {
      const rates = sellerId === null ? platform : own.get(sellerId);
      rates?.push(rateOf(rate));
    }
    return {
      at,
      rules: {
        shipping: { own, platform },
        taxes: row.taxes,
        automatic: row.hasAutomatic ? await automaticOf(tx, sellerIds, at) : [],
      },
      taxCategories: new Map(row.categories.map(({ variantId, category }) => [variantId, category])),
    };
  },
});

const rateOf = ({
  flatMinor,
  perItemMinor,
  freeFromMinor,
  ...rate
}: Omit<RateRow, 'sellerId'>): ShippingRate => ({
  ...rate,
  flatMinor: BigInt(flatMinor),
  perItemMinor: BigInt(perItemMinor),
  freeFromMinor: freeFromMinor === null ? null : BigInt(freeFromMinor),
});

const automaticOf = async (
  tx: Tx,
  sellerIds: readonly UserId[],
  at: Instant,
): Promise<readonly Promotion[]> => {
  const rows = await tx.promotion.findMany({
    where: {
      codeKey: null,
      OR: [{ sellerId: null }, { sellerId: { in: [...sellerIds] } }],
      validFrom: { lte: at },
      AND: { OR: [{ validUntil: null }, { validUntil: { gt: at } }] },
    },
  });
  return rows.map(promotionOf);
};
