import { eventually, testDatabase } from '@emporium/testing';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { gbp, nobody, openShop, rival, type Shop, seller } from '../test-shop.ts';
import { createProduct } from './offer-products.ts';
import type { Ports } from './ports.ts';

describe('news of a seller', () => {
  let shop: Shop;
  const shops: Shop[] = [];
  const offer = (sku: string, as = seller) =>
    shop.offer(as, [{ title: `Mug ${sku}`, variants: [{ sku, price: gbp('5') }] }]);
  const onSale = async () => {
    const { data } = await shop.ask(nobody, '{ products { edges { node { title } } } }');
    return data.products.edges.map(({ node }: { node: { title: string } }) => node.title);
  };
  beforeEach(async () => {
    shop = await openShop((await testDatabase('products')).url);
    shops.push(shop);
    await offer('A');
    await offer('B');
    await offer('C', rival);
  });
  afterAll(() => Promise.all(shops.map(({ close }) => close())));

  it('of a name changes no variant', async () => {
    expect(await shop.hear(seller.id ?? '', 'Potter', true, 1)).toEqual({ type: 'ack' });
    expect(await shop.told()).toHaveLength(3);
    expect(await shop.prisma.seller.findUnique({ where: { id: seller.id ?? '' } })).toMatchObject({
      displayName: 'Potter',
    });
  });

  it('takes the variants of one who stops off sale, and puts them back', async () => {
    await shop.hear(seller.id ?? '', 'Potter', false, 1);
    expect(await onSale()).toEqual(['Mug C']);
    const [, , , off] = await shop.told();
    expect(off).toMatchObject([
      { sku: 'A', active: false, version: 2 },
      { sku: 'B', active: false, version: 2 },
    ]);
    await shop.hear(seller.id ?? '', 'Potter', true, 2);
    expect(await onSale()).toEqual(['Mug C', 'Mug B', 'Mug A']);
    expect((await shop.told())[4]).toMatchObject([{ active: true, version: 3 }, { version: 3 }]);
  });

  it('that is old changes nothing', async () => {
    await shop.hear(seller.id ?? '', 'Potter', true, 2);
    await shop.hear(seller.id ?? '', 'Nobody', false, 1);
    await shop.hear(seller.id ?? '', 'Nobody', false, 2);
    expect(await onSale()).toHaveLength(3);
    expect(await shop.told()).toHaveLength(3);
  });

  it('that comes before any product counts for the later ones', async () => {
    await shop.hear('seller-3', 'New', false, 1);
    await offer('D', { ...seller, id: 'seller-3' });
    expect((await shop.told()).at(-1)).toMatchObject([{ sku: 'D', active: false, version: 1 }]);
    expect(await onSale()).not.toContain('Mug D');
  });

  it('waits for an offer that is under way, so that no variant stays on sale', async () => {
    let open = () => undefined as unknown;
    const gate = new Promise((resolve) => {
      open = () => resolve(undefined);
    });
    let arrive = () => undefined as unknown;
    const atGate = new Promise((resolve) => {
      arrive = () => resolve(undefined);
    });
    const slowly = createProduct((work) =>
      shop.transact((ports, sql) => {
        const save: Ports['products']['save'] = async (changes) => {
          arrive();
          await gate;
          await ports.products.save(changes);
        };
        return work({ ...ports, products: { ...ports.products, save } }, sql);
      }),
    );
    const offering = slowly(
      { title: 'Late', variants: [{ sku: 'LATE', price: { minor: 1n, currency: 'GBP' } }] },
      { id: seller.id ?? '', roles: seller.roles },
    );
    await atGate;
    const hearing = shop.hear(seller.id ?? '', 'Potter', false, 1);
    const waiting = eventually(async () => {
      const [row] = await shop.prisma.$queryRaw<{ waits: boolean }[]>`
        SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted) AS waits`;
      return row?.waits === true;
    });
    await Promise.race([hearing, waiting]);
    open();
    await Promise.all([offering, hearing]);
    const late = (await shop.told()).flat().filter(({ sku }) => sku === 'LATE');
    expect(late).toMatchObject([
      { active: true, version: 1 },
      { active: false, version: 2 },
    ]);
    expect(await onSale()).toEqual(['Mug C']);
  });
});
