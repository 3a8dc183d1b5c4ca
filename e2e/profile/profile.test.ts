import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openShop } from '../graph/shop.ts';
import { wholeGraph } from '../graph/whole-graph.ts';

const shop = openShop(wholeGraph().gatewayUrl);

/** The smallest PNG there is: one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

const addAddress = /* GraphQL */ `
  mutation ($input: SavedAddressInput!) {
    addAddress(input: $input) { __typename ... on Address { id } ... on AddressRefusal { code } }
  }
`;
const wish = /* GraphQL */ `
  mutation ($id: ID!) { addToWishlist(productId: $id) { __typename ... on WishlistRefusal { code } } }
`;
const profile = /* GraphQL */ `
  {
    me {
      name
      avatarUrl
      addresses { id city isDefaultShipping }
      preferences { locale currency channels }
      wishlist { edges { node { id title variants { sku availability { inStock } } } } }
    }
  }
`;
const requestUpload = 'mutation { requestAvatarUpload { id url fields { name value } } }';
const confirmUpload = /* GraphQL */ `
  mutation ($id: ID!) {
    confirmAvatar(uploadId: $id) { __typename ... on User { avatarUrl } ... on AvatarRefusal { code } }
  }
`;

type Upload = {
  requestAvatarUpload: { id: string; url: string; fields: { name: string; value: string }[] };
};

describe('a profile', () => {
  it('is kept through the gateway: an address, a wish, a language and a picture', async () => {
    const article = await shop.newArticle(await shop.newSeller(), { title: 'A mug to wish for' });
    const ada = await shop.person('Ada');
    const input = { name: 'Ada', line1: '1 High St', city: 'Leeds', postalCode: 'LS1 1AA', country: 'GB' };
    const { addAddress: address } = await shop.ask<{ addAddress: { id: string } }>(ada, addAddress, {
      input,
    });
    await shop.ask(ada, wish, { id: article.productId });
    await shop.ask(ada, 'mutation { updatePreferences(input: { locale: "cy-GB" }) { locale } }');

    const { requestAvatarUpload: upload } = await shop.ask<Upload>(ada, requestUpload);
    const form = new FormData();
    for (const { name, value } of upload.fields) form.append(name, value);
    form.append('file', new Blob([pixel]), 'ada.png');
    expect((await fetch(upload.url, { method: 'POST', body: form })).ok).toBe(true);
    const { confirmAvatar } = await shop.ask<{ confirmAvatar: { avatarUrl: string } }>(ada, confirmUpload, {
      id: upload.id,
    });
    const shown = await fetch(confirmAvatar.avatarUrl);
    expect(shown.headers.get('content-type')).toBe('image/webp');

    expect(await shop.ask(ada, profile)).toEqual({
      me: {
        name: 'Ada',
        avatarUrl: confirmAvatar.avatarUrl,
        addresses: [{ id: address.id, city: 'Leeds', isDefaultShipping: true }],
        preferences: { locale: 'cy-GB', currency: 'GBP', channels: ['EMAIL'] },
        wishlist: {
          edges: [
            {
              node: {
                id: article.productId,
                title: 'A mug to wish for',
                variants: [{ sku: article.sku, availability: { inStock: true } }],
              },
            },
          ],
        },
      },
    });
  });

  it('has a wish whose product nobody knows as null, and the others whole', async () => {
    const article = await shop.newArticle(await shop.newSeller());
    const ada = await shop.person('Ada');
    await shop.ask(ada, wish, { id: article.productId });
    await shop.ask(ada, wish, { id: randomUUID() });
    const { data } = await ada.request<{ me: { wishlist: { edges: unknown[] } } }>(
      '{ me { wishlist { edges { node { title } } } } }',
    );
    expect(data?.me.wishlist.edges).toEqual([{ node: null }, { node: { title: 'A scenario’s article' } }]);
  });

  it('is unknown to others, on every path', async () => {
    const ada = await shop.person('Ada');
    const input = { name: 'Ada', line1: '1 High St', city: 'Leeds', postalCode: 'LS1 1AA', country: 'GB' };
    const { addAddress: address } = await shop.ask<{ addAddress: { id: string } }>(ada, addAddress, {
      input,
    });
    const { requestAvatarUpload: upload } = await shop.ask<Upload>(ada, requestUpload);
    const eve = await shop.person('Eve');
    const refused = { code: 'NOT_FOUND' };
    expect(
      await shop.ask(
        eve,
        'mutation ($id: ID!) { it: removeAddress(id: $id) { ... on AddressRefusal { code } } }',
        {
          id: address.id,
        },
      ),
    ).toEqual({ it: refused });
    expect(
      await shop.ask(
        eve,
        `mutation ($id: ID!, $input: SavedAddressInput!) {
          it: updateAddress(id: $id, input: $input) { ... on AddressRefusal { code } }
        }`,
        { id: address.id, input },
      ),
    ).toEqual({ it: refused });
    expect(
      await shop.ask(
        eve,
        `mutation ($id: ID!) { it: setDefaultAddress(id: $id, uses: [BILLING]) { ... on AddressRefusal { code } } }`,
        { id: address.id },
      ),
    ).toEqual({ it: refused });
    expect(await shop.ask(eve, confirmUpload, { id: upload.id })).toMatchObject({ confirmAvatar: refused });
    expect(await shop.ask(ada, '{ me { addresses { id } } }')).toEqual({
      me: { addresses: [{ id: address.id }] },
    });
  });

  it('of a buyer is not shown to the seller of an order', async () => {
    const seller = await shop.newSeller();
    const article = await shop.newArticle(seller);
    const buyer = await shop.person('Ada');
    const input = { name: 'Ada', line1: '1 High St', city: 'Leeds', postalCode: 'LS1 1AA', country: 'GB' };
    await shop.ask(buyer, addAddress, { input });
    await shop.addToCart(buyer, article.variantId, 1);
    const { id } = await shop.placeOrder(buyer);
    await shop.followOrder(buyer, id, ({ status }) => status === 'CONFIRMED');
    const document = /* GraphQL */ `
      query ($id: ID!) {
        order(id: $id) {
          buyer { name addresses { id } preferences { locale } wishlist { edges { cursor } } }
        }
      }
    `;
    expect(await shop.ask(seller, document, { id })).toEqual({
      order: { buyer: { name: 'Ada', addresses: null, preferences: null, wishlist: null } },
    });
  });
});
