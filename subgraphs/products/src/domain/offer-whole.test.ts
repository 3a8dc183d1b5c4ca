import { asId } from '@emporium/domain';
import { describe, expect, it } from 'vitest';
import type { Offer, Shop } from './offer.ts';
import { offerWhole } from './offer-whole.ts';
import { evolveAll, type Product, type ProductStatus } from './product.ts';

const price = { minor: 100n, currency: 'GBP' };
const nothing: Shop = { bySku: new Map(), categories: new Map(), freeSlug: 'mug' };
const offer = (status?: ProductStatus, description: string | null = null): Offer => ({
  productId: asId('p'),
  sellerId: asId('s'),
  title: 'Mug',
  description,
  status,
  variants: [{ id: asId('v'), sku: 'M', price }],
});
const known = (status: ProductStatus, description: string | null = null): Shop => {
  const decision = offerWhole(offer('DRAFT', description), nothing);
  const product = evolveAll(null, decision.ok ? decision.events : []) as Product;
  return { ...nothing, bySku: new Map([['M', { ...product, status }]]) };
};

describe('a product said whole', () => {
  it('begins with the status that is said, unless it is ARCHIVED', () => {
    expect(offerWhole(offer('DRAFT'), nothing)).toMatchObject({
      events: [{ product: { status: 'DRAFT' } }],
    });
    expect(offerWhole(offer('ARCHIVED'), nothing)).toEqual({ ok: false, refusal: 'NEW_IS_ARCHIVED' });
  });

  it('gets the status that is said, and keeps its own when none is', () => {
    expect(offerWhole(offer('ARCHIVED'), known('ACTIVE'))).toEqual({
      ok: true,
      events: [{ type: 'StatusChanged', status: 'ARCHIVED' }],
    });
    for (const status of ['DRAFT', 'ACTIVE', 'ARCHIVED'] as const) {
      expect(offerWhole(offer(status), known(status))).toEqual({ ok: true, events: [] });
      expect(offerWhole(offer(), known(status))).toEqual({ ok: true, events: [] });
    }
  });

  it('is no draft while it is on sale', () => {
    expect(offerWhole(offer('DRAFT'), known('ACTIVE'))).toEqual({
      ok: false,
      refusal: 'ALREADY_PUBLISHED',
    });
    expect(offerWhole(offer('DRAFT'), known('ARCHIVED'))).toEqual({
      ok: true,
      events: [{ type: 'StatusChanged', status: 'DRAFT' }],
    });
  });

  it('has no description or an empty one: a file cannot tell', () => {
    expect(offerWhole(offer(undefined, null), known('ACTIVE', ''))).toEqual({ ok: true, events: [] });
    expect(offerWhole(offer(undefined, ''), known('ACTIVE', null))).toEqual({ ok: true, events: [] });
    expect(offerWhole(offer(undefined, null), known('ACTIVE', 'Blue.'))).toMatchObject({
      events: [{ type: 'Revised', description: null }],
    });
  });
});
