import { bucketVariables } from '@emporium/pictures/settings';
import { readEnv, serviceConfig } from '@emporium/subgraph';
import { z } from 'zod';

const schema = z.object({
  ...serviceConfig(4002),
  PRODUCTS_DATABASE_URL: z.url(),
  /** Where pictures of products are kept, unless in a bucket. */
  PRODUCT_IMAGE_FOLDER: z.string().min(1).default('.data/product-images'),
  /** Where the public finds `/product-images` of this service; without it, only this machine does. */
  PRODUCT_IMAGE_PUBLIC_URL: z.preprocess((text) => text || undefined, z.url().optional()),
  ...bucketVariables,
});

export type Config = z.output<typeof schema>;

/** Names every bad variable at once. */
export const loadConfig = (env: Record<string, string | undefined>): Config => readEnv(schema, env);
