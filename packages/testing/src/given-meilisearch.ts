/**
 * A real Meilisearch that tests are to use, of `TEST_MEILISEARCH_URL` and `TEST_MEILISEARCH_API_KEY`: one that is there for
 * tests alone, since they replace its index. Null where none is named, and something stands in for it.
 */
export const givenMeilisearch = (): {
  readonly url: string;
  readonly apiKey: string | undefined;
} | null => {
  const { TEST_MEILISEARCH_URL: url, TEST_MEILISEARCH_API_KEY: apiKey } = process.env;
  return url ? { url, apiKey } : null;
};
