import { bucketVariables } from '@emporium/pictures/settings';
import { readEnv, serviceConfig } from '@emporium/subgraph';
import { z } from 'zod';

const orNone = <Value extends z.ZodType>(value: Value) =>
  z.preprocess((text) => (text === '' ? undefined : text), value.optional());

const database = { PRODUCTS_DATABASE_URL: z.url() };
const apiKey = { MEILISEARCH_API_KEY: orNone(z.string()) };

const schema = z.object({
  ...serviceConfig(4002),
  ...database,
  REDIS_URL: z.url(),
  /** Mebibytes of this process that hold the products that are asked for most. */
  HOT_PRODUCTS_MIB: z.coerce.number().int().min(1).max(4_096).default(64),
  /** Where Meilisearch is, which then searches; without it Postgres does. */
  MEILISEARCH_URL: orNone(z.url()),
  ...apiKey,
  /** Where the public finds `/catalogue` of this service; without it, only this machine does. */
  CATALOGUE_PUBLIC_URL: orNone(z.url()),
  /** Where pictures of products are kept, unless in a bucket. */
  PRODUCT_IMAGE_FOLDER: z.string().min(1).default('.data/product-images'),
  /** Where the public finds `/product-images` of this service; without it, only this machine does. */
  PRODUCT_IMAGE_PUBLIC_URL: orNone(z.url()),
  ...bucketVariables,
});

export type Config = z.output<typeof schema>;

/** Names every bad variable at once. */
export const loadConfig = (env: Record<string, string | undefined>): Config => readEnv(schema, env);

const rebuildSchema = z.object({ ...database, MEILISEARCH_URL: z.url(), ...apiKey });

/** What the rebuild of the index needs. */
export const loadSearchRebuildConfig = (
  env: Record<string, string | undefined>,
): z.output<typeof rebuildSchema> => readEnv(rebuildSchema, env);
