import { defineConfig } from 'vitest/config';

export default defineConfig({
  // vitest would load graphql twice (its ESM and its CJS build), and graphql refuses types from another copy.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    mockReset: true,
    restoreMocks: true,
    sequence: { shuffle: true },
    globalSetup: ['packages/testing/src/global-setup.ts'],
    setupFiles: ['packages/testing/src/fail-on-console-error.ts'],
    // Generous, for real servers on a busy machine: a test that waits for a condition ends when it holds.
    testTimeout: 30_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    exclude: ['**/node_modules/**', '**/dist/**', '.data/**'],
  },
});
