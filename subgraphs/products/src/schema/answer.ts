import { type Context, readAfresh } from './context.ts';
import { type ProductRefusalCode, refusalOf } from './product-result.type.ts';

type Outcome =
  | { readonly ok: true; readonly productId: string }
  | { readonly ok: false; readonly refusal: `${ProductRefusalCode}` };

/** Which field of the input a refusal is about, where it is one. */
type Fields = { readonly [code in ProductRefusalCode]?: string };

/** The product as it is after the change, or the refusal. */
export const answer = async (context: Context, outcome: Outcome, fields: Fields = {}) => {
  if (!outcome.ok) return refusalOf(outcome.refusal, { field: fields[outcome.refusal] ?? null });
  readAfresh(context);
  const product = await context.loaders.product.load(outcome.productId);
  return product ? { __typename: 'Product' as const, ...product } : refusalOf('NOT_FOUND');
};
