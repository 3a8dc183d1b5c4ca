import { defineConfig } from 'vitest/config';

export default defineConfig({
  // vitest would load graphql twice (its ESM and its CJS build), and graphql refuses types from another copy.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: { mockReset: true, restoreMocks: true, sequence: { shuffle: true } },
});
