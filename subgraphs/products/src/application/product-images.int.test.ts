import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { picture, upload } from '@emporium/pictures/testing';
import { testDatabase } from '@emporium/testing';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, gbp, nobody, openShop, rival, type Shop, seller } from '../test-shop.ts';

let shop: Shop;
let server: Server;
beforeAll(async () => {
  let base = '';
  shop = await openShop((await testDatabase('products')).url, {
    imageUrl: (file) => `${base}/product-images/${file}`,
  });
  server = createServer((request, response) => {
    const { url = '' } = request;
    const route = url.startsWith('/product-images/uploads/')
      ? '/product-images/uploads/'
      : '/product-images/';
    void shop.routes[route]?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await shop.close();
});

const shown = 'id version images { id url small: url(size: SMALL) width height alt }';
const run = async (field: string, type: string, input: object, as = seller) => {
  const { data, errors } = await shop.ask(
    as,
    `mutation ($input: ${type}!) { ${field}(input: $input) {
      ... on Product { ${shown} } ... on ProductRefusal { code } } }`,
    { input },
  );
  return errors[0]?.extensions ?? data[field];
};
const request = async (productId: string, as = seller) => {
  const { data, errors } = await shop.ask(
    as,
    `mutation ($id: ID!) { requestProductImageUpload(productId: $id) {
      ... on ProductImageUpload { id url fields { name value } maxBytes } ... on ProductRefusal { code } } }`,
    { id: productId },
  );
  return errors[0]?.extensions ?? data.requestProductImageUpload;
};
const add = (productId: string, uploadId: string, as = seller, alt?: string) =>
  run('addProductImage', 'AddProductImageInput', { productId, uploadId, alt }, as);
/** All three steps. */
const show = async (productId: string, bytes: Uint8Array) => {
  const form = await request(productId);
  expect(await upload(form, bytes)).toBe(204);
  return add(productId, form.id);
};

let sku = 0;
const newProduct = async (): Promise<string> => {
  sku += 1;
  const [id = ''] = await shop.offer(seller, [
    { title: 'Mug', variants: [{ sku: `IMG-${sku}`, price: gbp('5') }] },
  ]);
  return id;
};
const filesIn = (folder: string): string[] => {
  try {
    return readdirSync(path.join(shop.imageFolder, folder));
  } catch {
    return [];
  }
};
const removeAllDue = async () => {
  await shop.prisma.$executeRaw`UPDATE doomed_files SET due_at = now() - interval '1 second'`;
  await shop.app.removeDueFiles();
};

describe('a picture of a product', () => {
  it('is asked for, sent, looked at and shown to anybody, in each size', async () => {
    const productId = await newProduct();
    const form = await request(productId);
    expect(form).toMatchObject({ fields: [], maxBytes: 5 * 1024 * 1024 });
    expect(await add(productId, form.id)).toEqual({ code: 'NOT_UPLOADED' });
    const wide = await sharp({ create: { width: 2_400, height: 1_200, channels: 3, background: 'red' } })
      .withExif({ IFD0: { Copyright: 'GPS 51.5 N' } })
      .jpeg()
      .toBuffer();
    expect(await upload(form, wide)).toBe(204);
    const { version, images } = await add(productId, form.id, seller, ' A mug ');
    expect(version).toBe(2);
    expect(images).toEqual([expect.objectContaining({ width: 1_600, height: 800, alt: 'A mug' })]);
    const [image] = images;
    for (const [url, width] of [
      [image.url, 1_600],
      [image.small, 200],
    ]) {
      const answer = await fetch(url);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      const bytes = Buffer.from(await answer.arrayBuffer());
      const { format, width: shownWidth, exif } = await sharp(bytes).metadata();
      expect({ format, shownWidth, exif }).toEqual({ format: 'webp', shownWidth: width, exif: undefined });
    }
    expect(filesIn('uploads')).not.toContain(form.id);
    expect(await add(productId, form.id)).toEqual({ code: 'UPLOAD_UNKNOWN' });
    shop.statements.splice(0);
    const { data } = await shop.ask(nobody, '{ products { edges { node { images { url } } } } }');
    expect(data.products.edges[0].node.images).toEqual([{ url: image.url }]);
    expect(shop.statements).toHaveLength(1);
  });

  it('stands where its seller wants it, and goes with its files', async () => {
    const productId = await newProduct();
    await show(productId, await picture('red'));
    const { images } = await show(productId, await picture('blue'));
    const [first, second] = images;
    const reorder = (imageIds: string[]) =>
      run('reorderProductImages', 'ReorderProductImagesInput', { productId, imageIds });
    expect((await reorder([second.id, first.id])).images).toEqual([second, first]);
    expect(await reorder([second.id])).toEqual({ code: 'IMAGES_DIFFER' });
    const remove = (imageId: string) =>
      run('removeProductImage', 'RemoveProductImageInput', { productId, imageId });
    expect((await remove(first.id)).images).toEqual([second]);
    expect(await remove(first.id)).toEqual({ code: 'IMAGE_UNKNOWN' });
    await removeAllDue();
    for (const [{ url, small }, status] of [
      [first, 404],
      [second, 200],
    ] as const)
      for (const address of [url, small]) expect((await fetch(address)).status).toBe(status);
  });

  it('is one of ten', async () => {
    const productId = await newProduct();
    const bytes = await picture();
    for (let count = 0; count < 9; count += 1) await show(productId, bytes);
    const forms = [await request(productId), await request(productId)];
    for (const form of forms) await upload(form, bytes);
    const added = await Promise.all(forms.map(({ id }) => add(productId, id)));
    expect(added.map(({ code, images }) => code ?? images.length).toSorted()).toEqual([
      10,
      'TOO_MANY_IMAGES',
    ]);
    expect(await request(productId)).toEqual({ code: 'TOO_MANY_IMAGES' });
    const { images } = (
      await shop.ask(nobody, 'query ($id: ID!) { product(id: $id) { images { id } } }', { id: productId })
    ).data.product;
    await removeAllDue();
    expect(images).toHaveLength(10);
  });

  it('has ten invitations at most under way', async () => {
    const productId = await newProduct();
    for (let count = 0; count < 10; count += 1) expect(await request(productId)).toHaveProperty('url');
    expect(await request(productId)).toEqual({ code: 'TOO_MANY_IMAGES' });
  });

  it.each([
    ['a page that says it is a picture', async () => Buffer.from('\xff\xd8\xff\xe0<script>', 'latin1')],
    ['an SVG', async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['an archive', async () => Buffer.from('PK\x03\x04 and so on')],
    [
      'a small file that unfolds to a huge picture',
      () =>
        sharp({
          create: { width: 7_200, height: 7_200, channels: 3, background: 'red' },
          limitInputPixels: false,
        })
          .png({ compressionLevel: 9 })
          .toBuffer(),
    ],
  ])('is not %s', async (_what, make) => {
    const productId = await newProduct();
    expect((await show(productId, await make())).code).toMatch(/^(UNSUPPORTED_IMAGE|TOO_LARGE)$/);
    await removeAllDue();
    expect((await shop.prisma.product.findUniqueOrThrow({ where: { id: productId } })).images).toEqual([]);
  });

  it('has 5 MiB at most', async () => {
    const productId = await newProduct();
    const form = await request(productId);
    expect(await upload(form, Buffer.alloc(form.maxBytes + 1))).toBe(413);
    expect(await add(productId, form.id)).toEqual({ code: 'TOO_LARGE' });
  });

  it('is its product’s seller’s and ADMIN’s to change, and of one product', async () => {
    const [productId, other] = [await newProduct(), await newProduct()];
    const form = await request(productId);
    await upload(form, await picture());
    expect(await request(productId, rival)).toEqual({ code: 'NOT_FOUND' });
    expect(await request(productId, nobody)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await add(productId, form.id, rival)).toEqual({ code: 'NOT_FOUND' });
    expect(await add(other, form.id)).toEqual({ code: 'UPLOAD_UNKNOWN' });
    for (const id of ['x\0', '../product-images/x'])
      expect(await add(productId, id)).toEqual({ code: 'UPLOAD_UNKNOWN' });
    const { images } = await add(productId, form.id, admin);
    const foreign = { productId, imageId: images[0].id };
    expect(await run('removeProductImage', 'RemoveProductImageInput', foreign, rival)).toEqual({
      code: 'NOT_FOUND',
    });
    const describe = (alt: string | null, as = seller) =>
      run('updateProductImage', 'UpdateProductImageInput', { ...foreign, alt }, as);
    expect(await describe('Mine', rival)).toEqual({ code: 'NOT_FOUND' });
    expect((await describe(' A blue mug ')).images[0]).toMatchObject({ alt: 'A blue mug' });
    expect((await describe(null)).images[0]).toMatchObject({ alt: null });
    expect(await describe('two\nlines')).toMatchObject({ field: 'input.alt' });
    expect(await add(productId, form.id, seller, 'x'.repeat(301))).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input.alt',
    });
  });
});
