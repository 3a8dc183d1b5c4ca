import { connectionOf } from '@emporium/subgraph';
import { ProductVariant } from './product-variant.type.ts';

/** Variants that run out. */
export const LowStockConnection = connectionOf('LowStock', () => ProductVariant);
