import { asId } from '@emporium/domain';
import { specify } from '@emporium/testing';
import { describe, it } from 'vitest';
import { type EditCommand, type Editor, type EditRefusal, edit } from './edit.ts';
import { evolve, type Product, type ProductEvent } from './product.ts';

type Command = EditCommand & { readonly by: Editor; readonly isSuspended?: boolean };

const given = specify<Command, Product | null, ProductEvent, EditRefusal>({
  decide: ({ by, isSuspended = false, ...command }, product) =>
    edit(command, product, { active: !isSuspended }, by),
  evolve,
  initial: null,
});

const gbp = (minor: bigint) => ({ minor, currency: 'GBP' });
const owner: Editor = { id: 'seller', isAdmin: false };
const variantId = asId<'Variant'>('blue');
const offered: ProductEvent = {
  type: 'Offered',
  product: {
    id: asId('mug'),
    sellerId: asId(owner.id),
    slug: 'mug',
    title: 'Mug',
    description: null,
    categoryId: null,
    status: 'ACTIVE',
    tags: ['mugs'],
    specifications: [],
    options: [],
    images: [],
    variants: [
      { id: variantId, sku: 'MUG', title: 'Blue', price: gbp(850n), options: [], active: true, version: 1 },
    ],
    version: 1,
  },
};
const repriced: ProductEvent = { type: 'VariantRevised', variantId, title: 'Blue', price: gbp(900n) };
const redId = asId<'Variant'>('red');
const red: ProductEvent = {
  type: 'VariantAdded',
  variant: { id: redId, sku: 'RED', title: 'Red', price: gbp(850n), options: [], active: true, version: 1 },
};
const archived: ProductEvent = { type: 'StatusChanged', status: 'ARCHIVED' };
const reprice = { type: 'Reprice', variantId, price: gbp(900n), by: owner } as const;
const revise = { type: 'Revise', expectedVersion: 1, isSlugTaken: false, by: owner } as const;
const archive = { type: 'SetStatus', status: 'ARCHIVED', by: owner } as const;

describe('a variant', () => {
  const one = { type: 'ReviseVariant', variantId, expectedVersion: 2, by: owner } as const;
  const retired: ProductEvent = { type: 'VariantActivitySet', variantId, active: false };

  it('is retired beside another, and sold again', () => {
    given(offered, red)
      .when({ ...one, active: false })
      .yields(retired);
    given(offered, red, retired)
      .when({ ...one, expectedVersion: 3, active: false })
      .yields();
    given(offered, red, retired)
      .when({ ...one, expectedVersion: 3, active: true })
      .yields({ ...retired, active: true });
  });
  it('is not retired as the last that is sold', () => {
    given(offered)
      .when({ ...one, expectedVersion: 1, active: false })
      .refuses('LAST_VARIANT');
    given(offered, red, retired)
      .when({ ...one, expectedVersion: 3, variantId: redId, active: false })
      .refuses('LAST_VARIANT');
  });
  it('gets another title, or none', () => {
    given(offered, red)
      .when({ ...one, title: 'Navy' })
      .yields({ type: 'VariantRevised', variantId, title: 'Navy', price: gbp(850n) });
    given(offered, red)
      .when({ ...one, title: null })
      .yields({ type: 'VariantRevised', variantId, title: null, price: gbp(850n) });
    given(offered, red)
      .when({ ...one, title: 'Blue' })
      .yields();
  });
  it('is what no other that is sold is', () => {
    const colours: ProductEvent = { type: 'OptionsSet', options: ['Colour'], values: [['Blue'], ['Red']] };
    const toRed = { ...one, expectedVersion: 3, options: [{ name: 'colour', value: 'Red' }] };
    given(offered, red, colours).when(toRed).refuses('OPTIONS_MISMATCH');
    given(offered, red, colours)
      .when({ ...toRed, options: [] })
      .refuses('OPTIONS_MISMATCH');
    given(offered, red, colours)
      .when({ ...toRed, options: [{ name: 'Colour', value: 'Navy' }] })
      .yields({ type: 'OptionsSet', options: ['Colour'], values: [['Navy'], ['Red']] });
    given(offered, red, colours, retired)
      .when({ ...toRed, expectedVersion: 4 })
      .yields({ type: 'OptionsSet', options: ['Colour'], values: [['Red'], ['Red']] });
    given(offered, red, colours, retired, { ...colours, values: [['Red'], ['Red']] })
      .when({ ...one, expectedVersion: 5, active: true })
      .refuses('OPTIONS_MISMATCH');
  });
  it('is one of those that are there, as they were seen', () => {
    given(offered)
      .when({ ...one, variantId: asId('green') })
      .refuses('NOT_FOUND');
    given(offered)
      .when({ ...one, title: 'Navy' })
      .refuses('VERSION_CONFLICT');
  });
});

describe('a product', () => {
  it('gets a new price and keeps its title', () => given(offered).when(reprice).yields(repriced));
  it('has the same price already', () => given(offered, repriced).when(reprice).yields());
  it('has no such variant', () =>
    given(offered)
      .when({ ...reprice, variantId: asId('red') })
      .refuses('NOT_FOUND'));
  it('is archived', () => given(offered).when(archive).yields(archived));
  it('is archived already', () => given(offered, archived).when(archive).yields());
  it('is put on sale again', () =>
    given(offered, archived)
      .when({ ...archive, status: 'ACTIVE' })
      .yields({ type: 'StatusChanged', status: 'ACTIVE' }));
  it('is a draft again once it is off sale', () =>
    given(offered, archived)
      .when({ ...archive, status: 'DRAFT' })
      .yields({ type: 'StatusChanged', status: 'DRAFT' }));
  it('gets a new price if it is as it was seen', () => {
    given(offered)
      .when({ ...reprice, expectedVersion: 1 })
      .yields(repriced);
    given(offered, archived)
      .when({ ...reprice, expectedVersion: 1 })
      .refuses('VERSION_CONFLICT');
  });
  it('has prices in one currency', () => {
    const inEuro = { ...reprice, price: { minor: 900n, currency: 'EUR' } };
    given(offered, red).when(inEuro).refuses('CURRENCIES_DIFFER');
    given(offered)
      .when(inEuro)
      .yields({ ...repriced, price: inEuro.price });
  });
  it('cannot be a draft', () =>
    given(offered)
      .when({ ...archive, status: 'DRAFT' })
      .refuses('ALREADY_PUBLISHED'));
  it('is revised where something is said', () =>
    given(offered)
      .when({ ...revise, title: 'Cup' })
      .yields({ type: 'Revised', title: 'Cup', description: null, categoryId: null }));
  it('gets another slug', () =>
    given(offered)
      .when({ ...revise, slug: 'cup' })
      .yields({ type: 'Renamed', slug: 'cup' }));
  it('is as it is to be already', () =>
    given(offered)
      .when({ ...revise, title: 'Mug', slug: 'mug', description: null, categoryId: null })
      .yields());
  it('is not revised by who saw another version', () =>
    given(offered, repriced)
      .when({ ...revise, title: 'Cup' })
      .refuses('VERSION_CONFLICT'));
  it('is not revised in part', () => {
    given(offered)
      .when({ ...revise, title: 'Cup', slug: 'cup', isSlugTaken: true })
      .refuses('SLUG_TAKEN');
    given(offered)
      .when({ ...revise, title: 'Cup', categoryId: 'unknown' })
      .refuses('CATEGORY_UNKNOWN');
  });
  it('gets other details, whole', () => {
    given(offered)
      .when({ ...revise, tags: ['cups'], specifications: [] })
      .yields({ type: 'Detailed', tags: ['cups'], specifications: [] });
    given(offered)
      .when({ ...revise, tags: ['mugs'], options: [] })
      .yields();
  });
  it('gets options where each variant has a value for each', () => {
    const options = ['Colour'];
    const blue = { variantId, options: [{ name: 'colour', value: 'Blue' }] };
    const set: ProductEvent = { type: 'OptionsSet', options, values: [['Blue']] };
    given(offered)
      .when({ ...revise, options, variantOptions: [blue] })
      .yields(set);
    given(offered)
      .when({ ...revise, options })
      .refuses('OPTIONS_MISMATCH');
    given(offered)
      .when({ ...revise, variantOptions: [blue] })
      .refuses('OPTIONS_MISMATCH');
    given(offered)
      .when({ ...revise, options, variantOptions: [{ ...blue, variantId: asId('red') }] })
      .refuses('NOT_FOUND');
    given(offered, set)
      .when({ ...revise, expectedVersion: 2, options: ['colour'] })
      .yields({ ...set, options: ['colour'] });
    given(offered, set)
      .when({ ...revise, expectedVersion: 2, options: [] })
      .yields({ type: 'OptionsSet', options: [], values: [[]] });
  });
  it('has ten pictures at most, each once, in the order that was said', () => {
    const image = (id: string) => ({ id: asId<'Image'>(id), fileId: id, width: 9, height: 9, alt: null });
    const shows = (...ids: string[]): ProductEvent => ({ type: 'ImagesSet', images: ids.map(image) });
    given(offered)
      .when({ type: 'AddImage', image: image('a'), by: owner })
      .yields(shows('a'));
    const ten = shows(...'abcdefghij');
    for (const command of [{ type: 'InviteImage' }, { type: 'AddImage', image: image('k') }] as const)
      given(offered, ten)
        .when({ ...command, by: owner })
        .refuses('TOO_MANY_IMAGES');
    const arrange = { type: 'ArrangeImages', by: owner } as const;
    given(offered, shows('a', 'b'))
      .when({ ...arrange, imageIds: ['b', 'a'] })
      .yields(shows('b', 'a'));
    given(offered, shows('a', 'b'))
      .when({ ...arrange, imageIds: ['a', 'b'] })
      .yields();
    given(offered, shows('a', 'b'))
      .when({ ...arrange, imageIds: ['a'] })
      .refuses('IMAGES_DIFFER');
    const remove = { type: 'RemoveImage', imageId: 'a', by: owner } as const;
    given(offered, shows('a', 'b')).when(remove).yields(shows('b'));
    given(offered).when(remove).refuses('IMAGE_UNKNOWN');
  });
  it('is not there for others', () =>
    given(offered)
      .when({ ...reprice, by: { id: 'rival', isAdmin: false } })
      .refuses('NOT_FOUND'));
  it('is there for an administrator', () =>
    given(offered)
      .when({ ...reprice, by: { id: 'rival', isAdmin: true } })
      .yields(repriced));
  it('stays as it is while its seller is suspended', () => {
    given(offered)
      .when({ ...reprice, isSuspended: true })
      .refuses('SELLER_SUSPENDED');
    given(offered)
      .when({ ...archive, isSuspended: true })
      .refuses('SELLER_SUSPENDED');
  });
  it('of a suspended seller is there for an administrator, and for nobody else', () => {
    given(offered)
      .when({ ...reprice, isSuspended: true, by: { id: 'root', isAdmin: true } })
      .yields(repriced);
    given(offered)
      .when({ ...reprice, isSuspended: true, by: { id: 'rival', isAdmin: false } })
      .refuses('NOT_FOUND');
  });
  it('that was never offered is not there', () => given().when(archive).refuses('NOT_FOUND'));
});
