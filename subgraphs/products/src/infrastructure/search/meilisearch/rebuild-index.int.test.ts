import { createLogger } from '@emporium/subgraph';
import { eventually, testDatabase } from '@emporium/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SearchEngine } from '../../../application/search-engine.ts';
import { gbp, openShop, rival, type Shop, seller } from '../../../test-shop.ts';
import { openDatabase } from '../../database.ts';
import type { PrismaClient } from '../../generated/client.ts';
import { createMeilisearchSearch } from './meilisearch-search.ts';
import { openMeilisearch, openSearch } from './open-search.ts';
import { liveIndex, nextIndex } from './products-index.ts';
import { rebuildIndex } from './rebuild-index.ts';
import { createSearchChanges } from './search-changes.ts';
import { type MeilisearchStandIn, startMeilisearchStandIn } from './stand-in/meilisearch-stand-in.ts';
import { tellMeilisearch } from './tell-meilisearch.ts';

let shop: Shop;
let prisma: PrismaClient;
let standIn: MeilisearchStandIn;
let count = 0;

beforeAll(async () => {
  const { url } = await testDatabase('products');
  shop = await openShop(url);
  prisma = openDatabase(url);
});
afterAll(async () => {
  await shop.close();
  await prisma.$disconnect();
});

const open = async () => {
  standIn = await startMeilisearchStandIn();
  const client = openMeilisearch({ url: standIn.url, apiKey: undefined });
  const changes = createSearchChanges(prisma);
  const tell = tellMeilisearch(prisma, client, changes);
  const tellAll = async () => {
    while ((await tell()) > 0);
  };
  return { client, changes, tell, tellAll, search: createMeilisearchSearch(prisma, shop.keyed, client) };
};
let opened: Awaited<ReturnType<typeof open>>;
beforeEach(async () => {
  count += 1;
  opened = await open();
  await opened.changes.forget();
  return () => standIn.stop();
});

const offer = async (title: string, as = seller): Promise<string> =>
  (await shop.offer(as, [{ title, variants: [{ sku: `${title}-${count}`, price: gbp('5') }] }]))[0] ?? '';
const titlesIn = (uid: string) => standIn.documents(uid).map(({ title }) => title);
const noted = () => prisma.searchChange.count();

describe('an index that follows the catalogue', () => {
  it('is noted nothing for where there is none', async () => {
    await offer(`Unheard ${count}`);
    expect(await noted()).toBe(0);
  });

  it('is built with all there is, and swapped in', async () => {
    await offer(`Old ${count}`);
    expect(await opened.changes.state()).toBeNull();
    expect(await rebuildIndex(opened)).toBe(await prisma.product.count());
    expect(await opened.changes.state()).toEqual({ ready: true, building: false });
    expect(titlesIn(liveIndex)).toContain(`Old ${count}`);
    expect(standIn.indexes()).toEqual([liveIndex]);
    expect(await noted()).toBe(0);
  });

  it('hears of what is offered, changed, and off sale with its seller', async () => {
    await rebuildIndex(opened);
    const id = await offer(`Lamp ${count}`, rival);
    await opened.tellAll();
    await shop.hearStock({ [`Lamp ${count}-${count}`]: true }, count);
    await shop.hear(rival.id ?? '', 'Paper Moon', false, count * 2);
    await opened.tellAll();
    const told = () => standIn.documents(liveIndex).find((document) => document.id === id);
    expect(told()).toMatchObject({ title: `Lamp ${count}`, inStock: true, isVisible: false });
    await shop.hear(rival.id ?? '', 'Paper Moon', true, count * 2 + 1);
    await opened.tellAll();
    expect(told()).toMatchObject({ isVisible: true });
  });

  it('loses nothing to a server that is down, or that cannot do what it took', async () => {
    await rebuildIndex(opened);
    await offer(`Vase ${count}`);
    standIn.beDown(true);
    await expect(opened.tell()).rejects.toThrow();
    standIn.beDown(false);
    standIn.failTasks(1);
    await expect(opened.tell()).rejects.toThrow('No space left');
    expect(titlesIn(liveIndex)).not.toContain(`Vase ${count}`);
    expect(await noted()).toBe(1);
    await opened.tellAll();
    expect(titlesIn(liveIndex)).toContain(`Vase ${count}`);
    expect(await noted()).toBe(0);
  });

  it('keeps what changes while it is being told', async () => {
    await rebuildIndex(opened);
    await offer(`First ${count}`);
    const release = standIn.holdTasks();
    const telling = opened.tell();
    while (standIn.tasks().at(-1) !== 'documentAdditionOrUpdate') await Promise.resolve(await noted());
    await shop.offer(seller, [
      { title: `Second ${count}`, variants: [{ sku: `First ${count}-${count}`, price: gbp('5') }] },
    ]);
    release();
    await telling;
    expect(await noted()).toBe(1);
    await opened.tellAll();
    expect(titlesIn(liveIndex)).toContain(`Second ${count}`);
    expect(titlesIn(liveIndex)).not.toContain(`First ${count}`);
  });

  it('is told again of what two told at once', async () => {
    await rebuildIndex(opened);
    await offer(`Twice ${count}`);
    const claimed = await opened.changes.claim(10, 60);
    await opened.changes.settle(claimed);
    await opened.changes.settle(claimed);
    expect(await noted()).toBe(1);
  });

  it('answers, and hears of changes, while the next one is built beside it', async () => {
    await offer(`Before ${count}`);
    await rebuildIndex(opened);
    let during = '';
    let isAsked = false;
    await rebuildIndex({
      ...opened,
      tell: async () => {
        if (!isAsked) {
          isAsked = true;
          during = await offer(`During ${count}`);
          const understood = await opened.search.understand({ query: `before ${count}`, filter: {} });
          const wanted = { page: null, total: true, facets: false };
          expect((await opened.search.find(understood, wanted, { id: null, isAdmin: false })).total).toBe(
            1,
          );
          await opened.tell();
          expect(titlesIn(liveIndex)).toContain(`During ${count}`);
          expect(titlesIn(nextIndex)).toContain(`During ${count}`);
        }
        return opened.tell();
      },
    });
    expect(titlesIn(liveIndex)).toEqual(expect.arrayContaining([`Before ${count}`, `During ${count}`]));
    expect(during).not.toBe('');
  });

  it('may be broken off and begun again', async () => {
    await offer(`Broken ${count}`);
    standIn.failTasks(0);
    const halfway = rebuildIndex({ ...opened, tell: () => Promise.reject(new Error('killed')) });
    await expect(halfway).rejects.toThrow('killed');
    expect((await opened.changes.state())?.ready).toBe(false);
    await rebuildIndex(opened);
    expect(titlesIn(liveIndex)).toContain(`Broken ${count}`);
  });

  it('misses nothing that is being written when it is first followed', async () => {
    let built: Promise<number> = Promise.resolve(0);
    const product = await offer(`Slow ${count}`);
    await shop.prisma.$transaction(async (tx) => {
      await tx.product.update({ where: { id: product }, data: { title: `Committed late ${count}` } });
      built = rebuildIndex(opened);
      for (let isWaiting = false; !isWaiting; ) {
        const waiting = await tx.$queryRaw<unknown[]>`
          SELECT FROM pg_locks WHERE locktype = 'relation' AND mode = 'ShareLock' AND NOT granted`;
        isWaiting = waiting.length > 0;
      }
    });
    await built;
    await opened.tellAll();
    expect(titlesIn(liveIndex)).toContain(`Committed late ${count}`);
  });

  it('shows nobody what left the shop before it has heard of it, on pages that are full', async () => {
    const gone = await offer(`Gone lantern ${count}`);
    for (const letter of ['a', 'b']) await offer(`Kept lantern ${letter} ${count}`);
    await rebuildIndex(opened);
    await shop.app.setProductStatus(gone, 'ARCHIVED', { id: seller.id ?? '', roles: ['SELLER'] });
    const understood = await opened.search.understand({ query: `lantern ${count}`, filter: {} });
    for (const sort of ['RELEVANCE', 'NEWEST', 'PRICE_ASC', 'PRICE_DESC'] as const) {
      const page = { sort, slice: { limit: 2, after: null } };
      const { hits } = await opened.search.find(
        understood,
        { page, total: false, facets: false },
        { id: null, isAdmin: false },
      );
      expect(hits.map(({ product }) => product.id)).not.toContain(gone);
      expect(hits).toHaveLength(2);
    }
  });
});

describe('the search of the service', () => {
  const opening = () =>
    openSearch(
      prisma,
      shop.keyed,
      { url: standIn.url, apiKey: undefined },
      createLogger('products', 'silent'),
    );
  const titles = async (search: SearchEngine) =>
    (await search.suggest(`served ${count}`, 5, { id: null, isAdmin: false })).map(({ text }) => text);

  it('is Meilisearch once it has an index, and Postgres before that and when it is slow or down', async () => {
    await offer(`Served ${count}`);
    const unbuilt = await opening();
    expect(await titles(unbuilt.search)).toEqual([`Served ${count}`]);
    expect(standIn.searches()).toBe(0);
    await unbuilt.stop();
    await rebuildIndex(opened);
    const { search, stop } = await opening();
    expect(await titles(search)).toEqual([`Served ${count}`]);
    expect(standIn.searches()).toBe(1);
    await offer(`Served late ${count}`);
    await eventually(() => expect(titlesIn(liveIndex)).toContain(`Served late ${count}`));
    standIn.beDown(true);
    expect(await titles(search)).toContain(`Served ${count}`);
    expect(standIn.searches()).toBe(1);
    await stop();
  });

  it('forgets an index that it is not to use any more', async () => {
    await rebuildIndex(opened);
    const { stop } = await openSearch(prisma, shop.keyed, null, createLogger('products', 'silent'));
    await stop();
    await offer(`Unfollowed ${count}`);
    expect([await opened.changes.state(), await noted()]).toEqual([null, 0]);
  });
});
