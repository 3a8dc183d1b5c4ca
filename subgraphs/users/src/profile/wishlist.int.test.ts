import { testDatabase } from '@emporium/testing';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerSomebody, startUsersUnderTest, type UsersUnderTest } from '../users-under-test.ts';

let users: UsersUnderTest;
beforeAll(async () => {
  users = await startUsersUnderTest((await testDatabase('users')).url);
});
afterAll(() => users.stop());

type As = { id?: string };

const list = 'wishlist { edges { node { id } } }';
const shown = `{ __typename ... on User { id ${list} } ... on WishlistRefusal { code message } }`;
const adding = `mutation ($id: ID!) { result: addToWishlist(productId: $id) ${shown} }`;
const removing = `mutation ($id: ID!) { result: removeFromWishlist(productId: $id) ${shown} }`;
const change = async (document: string, as: As, id: string) =>
  (await users.ask(document, { as, variables: { id } })).data.result;
type Wishlist = {
  edges: { node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
};
const idsIn = ({ edges }: Pick<Wishlist, 'edges'>) => edges.map(({ node }) => node.id);

const page = async (as: As, first: number, after: string | null = null) => {
  const document = `query ($first: Int, $after: String) { me { wishlist(first: $first, after: $after) {
    edges { cursor addedAt node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } } }`;
  return users.ask(document, { as, variables: { first, after } });
};

describe('a wishlist', () => {
  it('remembers products, newest first, each once', async () => {
    const ada = await registerSomebody(users);
    const [mug, tea] = [newId(), newId()];
    await change(adding, ada, mug);
    const added = await change(adding, ada, tea);
    expect(added).toMatchObject({ __typename: 'User', id: ada.id });
    expect(idsIn(added.wishlist)).toEqual([tea, mug]);
    expect(idsIn((await change(adding, ada, mug)).wishlist)).toEqual([tea, mug]);
  });

  it('forgets products, and what it never knew', async () => {
    const ada = await registerSomebody(users);
    const mug = newId();
    await change(adding, ada, mug);
    expect(idsIn((await change(removing, ada, newId())).wishlist)).toEqual([mug]);
    expect(idsIn((await change(removing, ada, mug)).wishlist)).toEqual([]);
    expect(idsIn((await change(removing, ada, mug)).wishlist)).toEqual([]);
  });

  it('is read page by page', async () => {
    const ada = await registerSomebody(users);
    const products = Array.from({ length: 5 }, () => newId());
    for (const product of products) await change(adding, ada, product);
    const seen: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 3; pages += 1) {
      const answer = await page(ada, 2, after);
      const wishlist: Wishlist = answer.data.me.wishlist;
      expect(wishlist.pageInfo).toMatchObject({ hasNextPage: pages < 2, hasPreviousPage: pages > 0 });
      seen.push(...idsIn(wishlist));
      after = wishlist.pageInfo.endCursor;
    }
    expect(seen).toEqual(products.toReversed());
  });

  it.each([
    [0, null],
    [101, null],
    [2, 'nonsense'],
    [2, Buffer.from('["a","b"]').toString('base64url')],
  ])('has no page of %i after %s', async (first, after) => {
    const ada = await registerSomebody(users);
    const { errors } = await page(ada, first, after);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it.each(['-1', 'x', '0', '9'.repeat(40), '1; DROP TABLE users'])(
    'has nothing after a position made up: %s',
    async (made) => {
      const ada = await registerSomebody(users);
      await change(adding, ada, newId());
      const after = Buffer.from(JSON.stringify([made])).toString('base64url');
      const { data } = await page(ada, 2, after);
      expect(idsIn(data.me.wishlist)).toEqual([]);
    },
  );

  it('holds five hundred and no more, also when asked at once', async () => {
    const ada = await registerSomebody(users);
    const data = Array.from({ length: 499 }, () => ({ userId: ada.id as string, productId: newId() }));
    await users.prisma.wishlistItem.createMany({ data });
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => change(adding, ada, newId())));
    expect(outcomes.map(({ code = 'added' }) => code).toSorted()).toEqual([
      ...Array(5).fill('WISHLIST_FULL'),
      'added',
    ]);
    const known = data[0]?.productId ?? '';
    expect(await change(adding, ada, known)).toMatchObject({ __typename: 'User' });
  });

  it.each(['', ' ', 'a b', 'ü', 'x'.repeat(65), 'x'.repeat(1_000_000)])(
    'takes no id that cannot be one: %j',
    async (id) => {
      const ada = await registerSomebody(users);
      for (const document of [adding, removing]) {
        const { errors } = await users.ask(document, { as: ada, variables: { id } });
        expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'productId' } }]);
      }
    },
  );

  it('is nobody else’s business', async () => {
    const [ada, eve] = [await registerSomebody(users), await registerSomebody(users)];
    const mug = newId();
    await change(adding, ada, mug);
    const document = `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on User { ${list} } } }`;
    const variables = { ids: [{ __typename: 'User', id: ada.id }] };
    for (const as of [{ id: eve.id as string }, { id: newId(), roles: ['ADMIN'] as const }]) {
      expect((await users.ask(document, { as, variables })).data).toEqual({
        _entities: [{ wishlist: null }],
      });
    }
    await change(removing, eve, mug);
    expect(await users.prisma.wishlistItem.count({ where: { productId: mug } })).toBe(1);
  });

  it.each([
    ['nobody', {}],
    ['somebody who is gone', { id: newId() }],
  ])('is not kept for %s', async (_who, as) => {
    for (const document of [adding, removing]) {
      const { errors } = await users.ask(document, { as, variables: { id: newId() } });
      expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    }
  });
});
