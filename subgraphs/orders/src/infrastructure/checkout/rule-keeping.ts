import { asInstant, type Id } from '@emporium/domain';
import { v7 as newId } from 'uuid';
import type { RuleKeeping } from '../../application/checkout/ports.ts';
import type { RuleOwner, ShippingRateView, TaxRuleView } from '../../application/checkout/rule-views.ts';
import type { Tx } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { holdRules } from './hold-rules.ts';
import { createPromotionKeeping } from './promotion-keeping.ts';

const rateColumns = Prisma.sql`id, country, method, currency, flat_minor AS "flatMinor", per_item_minor AS "perItemMinor",
  free_from_minor AS "freeFromMinor", min_days AS "minDays", max_days AS "maxDays", version`;

/** The platform's rules have no owner; an index holds them together under this. */
const keyOf = (owner: RuleOwner): string => owner ?? '';

type TaxRow = Omit<TaxRuleView, 'validFrom'> & { readonly validFrom: Date };

const taxRuleOf = ({ validFrom, ...rule }: TaxRow): TaxRuleView => ({
  ...rule,
  validFrom: asInstant(validFrom.toISOString()),
});

const only = <Row>([row]: readonly Row[]): Row => {
  if (!row) throw new Error('a rule that was written is not there');
  return row;
};

/** Rules within a transaction. */
export const createRuleKeeping = (tx: Tx): RuleKeeping => ({
  ...createPromotionKeeping(tx),

  setShippingRate: async ({ owner, country, method, currency, ...rate }) =>
    only(
      await tx.$queryRaw<ShippingRateView[]>`
        INSERT INTO shipping_rates AS ours
          (id, seller_id, country, method, currency, flat_minor, per_item_minor, free_from_minor, min_days, max_days)
        VALUES (${newId()}, ${owner}, ${country}, ${method}, ${currency}, ${rate.flatMinor}, ${rate.perItemMinor},
          ${rate.freeFromMinor}, ${rate.minDays}, ${rate.maxDays})
        ON CONFLICT (coalesce(seller_id, ''), country, method, coalesce(currency, '')) DO UPDATE SET
          flat_minor = excluded.flat_minor, per_item_minor = excluded.per_item_minor,
          free_from_minor = excluded.free_from_minor, min_days = excluded.min_days, max_days = excluded.max_days,
          version = ours.version + 1
        RETURNING ${rateColumns}`,
    ),

  removeShippingRate: async ({ owner, country, method, currency }) => {
    const [removed] = await tx.$queryRaw<ShippingRateView[]>`
      DELETE FROM shipping_rates
      WHERE coalesce(seller_id, '') = ${keyOf(owner)} AND country = ${country} AND method = ${method}
        AND coalesce(currency, '') = ${currency ?? ''}
      RETURNING ${rateColumns}`;
    return removed ?? null;
  },

  countOtherShippingRates: async ({ owner, country, method, currency }) => {
    await holdRules(tx, 'shipping_rates', owner);
    const [row] = await tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::integer AS count FROM shipping_rates
      WHERE coalesce(seller_id, '') = ${keyOf(owner)}
        AND (country, method, coalesce(currency, '')) <> (${country}, ${method}, ${currency ?? ''})`;
    return row?.count ?? 0;
  },

  shippingRates: (owner, { limit, after }) => tx.$queryRaw<ShippingRateView[]>`
    SELECT ${rateColumns} FROM shipping_rates
    WHERE coalesce(seller_id, '') = ${keyOf(owner)} AND (${after}::text IS NULL OR country || id > ${after})
    ORDER BY country || id LIMIT ${limit}`,

  // Versions are counted under a lock, so that two at once make two.
  addTaxRule: async ({ country, region, category, validFrom, ...rule }) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('orders:tax_rules'))`;
    return taxRuleOf(
      only(
        await tx.$queryRaw<TaxRow[]>`
          INSERT INTO tax_rules (id, country, region, category, name, rate_ppm, inclusive, valid_from, version)
          SELECT ${newId()}, ${country}, ${region}, ${category}, ${rule.name}, ${rule.ratePpm}, ${rule.inclusive},
            coalesce(${validFrom}::timestamptz, now()), 1 + coalesce(max(version), 0)
          FROM tax_rules
          WHERE country = ${country} AND region IS NOT DISTINCT FROM ${region} AND category = ${category}
          RETURNING id, country, region, category, name, rate_ppm AS "ratePpm", inclusive, version,
            valid_from AS "validFrom"`,
      ),
    );
  },

  taxRules: async ({ limit, after }) => {
    const rows = await tx.taxRule.findMany({
      where: after === null ? {} : { id: { lt: after } },
      orderBy: { id: 'desc' },
      take: limit,
    });
    return rows.map((row) => taxRuleOf({ ...row, id: row.id as Id<'TaxRule'> }));
  },

  setTaxCategory: async (variantId, category) => {
    await tx.variantTaxCategory.upsert({
      where: { variantId },
      create: { variantId, category },
      update: { category },
    });
  },
});
