import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { partAfterPart } from './packages/testing/src/part-after-part.ts';

const ignored = ['**/node_modules/**', '**/dist/**', '.data/**'];
const testing = 'packages/testing/src';

/** Each a program of its own: what it loads is loaded once for all its tests, and nothing of it is met by another's. */
const workspaces = [
  'gateway',
  'packages',
  'subgraphs/users',
  'subgraphs/products',
  'subgraphs/inventory',
  'subgraphs/orders',
  'subgraphs/payments',
  'e2e/simulation',
  'e2e/faults',
];

/** Of the faults, what is in a folder of its own is a test of the faults themselves; the others need a graph. */
const testsIn = (folder: string): string =>
  folder === 'e2e/faults' ? 'e2e/faults/*/**/*.test.ts' : `${folder}/**/*.test.ts`;

/** Of the scenarios those that take half a minute and more. */
const longest = [
  'e2e/production/production.test.ts',
  'e2e/authorization/mutations.test.ts',
  'e2e/backup-restore/backup-restore.test.ts',
  'e2e/key-rotation/key-rotation.test.ts',
];

const partsOf = (
  name: string,
  include: string[],
  exclude: string[] = [],
): TestProjectInlineConfiguration => ({
  // vitest would load graphql twice (its ESM and its CJS build), and graphql refuses types from another copy.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    name,
    include,
    exclude: [...ignored, ...exclude],
    isolate: false,
    mockReset: true,
    restoreMocks: true,
    setupFiles: [`${testing}/fail-on-console-error.ts`],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});

export default defineConfig({
  test: {
    sequence: { shuffle: { files: true, tests: true }, sequencer: partAfterPart(longest) },
    globalSetup: [`${testing}/global-setup.ts`],
    // Whatever the cores: most of a test's time is a server's that starts, or a wait for something to happen.
    maxWorkers: 3,
    // Generous, for real servers on a busy machine: a test that waits for a condition ends when it holds.
    teardownTimeout: 30_000,
    projects: [
      ...workspaces.map((folder) => partsOf(folder, [testsIn(folder)])),
      partsOf('others', ['**/*.test.ts'], [...workspaces.map((folder) => `${folder}/**`), 'e2e/**']),
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: [...ignored, 'e2e/simulation/**', 'e2e/faults/**'],
          isolate: false,
          globalSetup: ['e2e/graph/global-setup.ts'],
          setupFiles: [`${testing}/fail-on-console-error.ts`],
          testTimeout: 60_000,
          hookTimeout: 180_000,
          // After the parts. Scenarios mostly wait; more than two at a time would wait for the processors.
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'short faults',
          include: ['e2e/faults/faults.test.ts'],
          isolate: false,
          setupFiles: [`${testing}/fail-on-console-error.ts`],
          hookTimeout: 180_000,
          // Alone: what is broken is the shop, and not the time that it takes beside others.
          sequence: { groupOrder: 2 },
          maxWorkers: 1,
        },
      },
    ],
  },
});
