import { asId } from '@emporium/domain';
import { specify } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { evolve, initial } from './order.ts';
import { sellersOf } from './place.ts';
import { catalogueOf, gbp, grocer, jug, mug, place, placed, potter, tea, total } from './sample-order.ts';

const given = specify({ decide, evolve, initial });

describe('placing an order', () => {
  it('takes the cart at today’s prices, one shipment per seller', () => given().when(place).yields(placed));
  it('needs something in the cart', () =>
    given()
      .when({ ...place, cart: [] })
      .refuses('EMPTY_CART'));
  it('needs every line to be sold', () =>
    given()
      .when({ ...place, catalogue: catalogueOf(mug, jug, { ...tea, active: false }) })
      .refuses('UNAVAILABLE'));
  it('needs every line to be known', () =>
    given()
      .when({ ...place, catalogue: catalogueOf(mug) })
      .refuses('UNAVAILABLE'));
  it('has one currency', () =>
    given()
      .when({
        ...place,
        catalogue: catalogueOf(mug, jug, { ...tea, price: { minor: 335n, currency: 'USD' } }),
      })
      .refuses('CURRENCY_MISMATCH'));
  it('goes ahead when the total is the expected one', () =>
    given()
      .when({ ...place, expectedTotal: total })
      .yields(placed));
  it('stops when the price has changed', () =>
    given()
      .when({ ...place, expectedTotal: gbp(4704n) })
      .refuses('PRICE_CHANGED'));
  it('stops when the total was expected in another currency', () =>
    given()
      .when({ ...place, expectedTotal: { ...total, currency: 'USD' } })
      .refuses('PRICE_CHANGED'));
  it('has a highest total', () =>
    given()
      .when({
        ...place,
        catalogue: catalogueOf(mug, jug, { ...tea, price: gbp(10n ** 12n) }),
      })
      .refuses('TOTAL_LIMIT'));
  it('has a highest number of lines', () =>
    given()
      .when({
        ...place,
        cart: Array.from({ length: 2001 }, (_, index) => ({ variantId: asId(`${index}`), quantity: 1 })),
      })
      .refuses('LINE_LIMIT'));
  it('happens once', () => given(placed).when(place).refuses('ALREADY_PLACED'));
  it('knows beforehand who will ship', () =>
    expect(sellersOf(place.cart, place.catalogue)).toEqual([potter.id, grocer.id]));
});
