import { badUserInput } from '@emporium/subgraph';
import { Field, ID, InputType, Int } from 'type-graphql';
import type { VariantId } from '../application/ports.ts';
import { type CartLine, highestQuantity } from '../domain/cart.ts';

@InputType({ description: 'So many of one variant.' })
export class CartLineInput {
  @Field(() => ID, { description: 'A variant’s id.' })
  variantId!: string;

  @Field(() => Int, { description: '1 to 100,000; updateCartLine also takes 0, which removes the line.' })
  quantity!: number;
}

@InputType({ description: 'Several lines at once: all are added, or none.' })
export class CartLinesInput {
  @Field(() => [CartLineInput], { description: '1 to 500 lines.' })
  lines!: CartLineInput[];
}

const mostAtOnce = 500;

/** Checks what a client could have checked alone. `lowest` is 0 where that removes the line. */
export const readCartLine = (
  { variantId, quantity }: CartLineInput,
  lowest: 0 | 1,
  field = 'input.quantity',
): CartLine => {
  if (quantity < lowest || quantity > highestQuantity) {
    throw badUserInput(`The quantity must be ${lowest} to 100,000.`, field);
  }
  return { variantId: variantId as VariantId, quantity };
};

export const readCartLines = ({ lines }: CartLinesInput): readonly CartLine[] => {
  if (lines.length === 0 || lines.length > mostAtOnce) {
    throw badUserInput(`Send 1 to ${mostAtOnce} lines at once.`, 'input.lines');
  }
  return lines.map((line, index) => readCartLine(line, 1, `input.lines.${index}.quantity`));
};
