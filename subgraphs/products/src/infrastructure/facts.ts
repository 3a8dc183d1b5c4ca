import { asId } from '@emporium/domain';
import type { VariantId } from '../domain/product.ts';
import type { VariantFacts } from '../domain/variant-facts.ts';
import { factsOf } from '../domain/variant-facts.ts';
import type { Prisma } from './generated/client.ts';
import { toProduct } from './product-rows.ts';

const withProduct = { product: { include: { seller: true } } } as const;

type Row = Prisma.VariantGetPayload<{ include: typeof withProduct }>;

const toFacts = ({ product, ...variant }: Row): VariantFacts[] => {
  const alone = toProduct({ ...product, variants: [variant] });
  return factsOf(alone, alone.variants, product.seller.active);
};

/** The next variants in order of their ids. */
export const factsAfter = async (
  tx: Prisma.TransactionClient,
  after: VariantId | null,
  limit: number,
): Promise<VariantFacts[]> => {
  const rows = await tx.variant.findMany({
    ...(after === null ? {} : { where: { id: { gt: after } } }),
    orderBy: { id: 'asc' },
    take: limit,
    include: withProduct,
  });
  return rows.flatMap(toFacts);
};

/** Raises the version of every variant of a seller; what is then true of them. */
export const raiseVariantsOf = async (
  tx: Prisma.TransactionClient,
  sellerId: string,
): Promise<VariantFacts[]> => {
  const ofSeller = { product: { sellerId: asId(sellerId) } };
  await tx.variant.updateMany({ where: ofSeller, data: { version: { increment: 1 } } });
  const rows = await tx.variant.findMany({
    where: ofSeller,
    orderBy: { id: 'asc' },
    include: withProduct,
  });
  return rows.flatMap(toFacts);
};
