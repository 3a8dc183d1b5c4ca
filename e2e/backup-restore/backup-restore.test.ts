import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectAuditor } from '@emporium/audit';
import { type Graph, restoreBackup, startGraph, takeBackup } from '@emporium/local-stack';
import { eventually } from '@emporium/testing';
import { afterAll, expect, it } from 'vitest';
import { checkShop } from '../faults/oracle/check-shop.ts';
import { startShoppers } from '../faults/shoppers/shoppers.ts';
import { openShop } from '../graph/shop.ts';

const root = mkdtempSync(path.join(tmpdir(), 'emporium-backup-'));
const [lost, restored, backup] = ['lost', 'restored', 'backup'].map((name) => path.join(root, name)) as [
  string,
  string,
  string,
];
let running: Graph | undefined;
afterAll(async () => {
  await running?.stop();
  rmSync(root, { recursive: true, force: true });
});

const quiet = { begin: () => undefined, copied: () => undefined };
/** The provider of cards is somebody else: what it took it remembers. */
const extraEnv = { 'card-sandbox': { SANDBOX_FILE: path.join(root, 'provider.json') } };

/** Buyers buy; the database is copied; buyers go on for a while, and then all is lost but the copy. */
const loseAll = async () => {
  running = await startGraph({ dataFolder: lost, extraEnv });
  const shop = openShop(running.gatewayUrl);
  const seller = await shop.newSeller();
  const article = await shop.newArticle(seller, { stock: 1000 });
  const emails = ['ada', 'grace', 'mary'].map((name) => `${name}@emporium.test`);
  const buyers = await Promise.all(emails.map((email) => shop.person('Ada', email)));
  const shoppers = startShoppers(shop, buyers, article);
  await shoppers.more(6);
  const known = [...shoppers.bought];
  await takeBackup(running.parts.database.admin, backup, quiet);
  await shoppers.more(6);
  shoppers.leave();
  await shoppers.stopBuying();
  await Promise.all([seller, ...buyers].map((client) => client.close()));
  await running.stop();
  running = undefined;
  return { known, article, email: emails[0] ?? '' };
};

it('a backup that was taken while buyers bought is a shop in which every purchase ends well', async () => {
  const { known, article, email } = await loseAll();
  mkdirSync(restored);
  await expect(restoreBackup(backup, restored, quiet)).rejects.toThrow('secrets.json is missing');
  copyFileSync(path.join(lost, 'secrets.json'), path.join(restored, 'secrets.json'));
  await restoreBackup(backup, restored, quiet);
  await expect(restoreBackup(backup, restored, quiet)).rejects.toThrow('is there already');
  rmSync(lost, { recursive: true });

  running = await startGraph({ dataFolder: restored, extraEnv });
  const { database } = running.parts;
  await eventually(async () => expect(await checkShop(database)).toEqual([]), {
    timeout: 60_000,
    every: 500,
  });

  const auditor = connectAuditor(database.auditor);
  const orders = await auditor.query<{ order_id: string }>('SELECT order_id FROM orders.audit_order');
  await auditor.end();
  expect(orders.map(({ order_id }) => order_id)).toEqual(
    expect.arrayContaining(known.map(({ orderId }) => orderId)),
  );

  // And it sells.
  const shop = openShop(running.gatewayUrl);
  const buyer = await shop.signIn(email);
  await shop.addToCart(buyer, article.variantId, 1);
  const { id } = await shop.placeOrder(buyer);
  const changes = await shop.followOrder(buyer, id, ({ status }) => status === 'CONFIRMED');
  expect(changes.at(-1)?.status).toBe('CONFIRMED');
  await buyer.close();
}, 240_000);
