import { asId } from '@emporium/domain';
import { specify } from '@emporium/testing';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { evolve, initial } from './order.ts';
import { place, placed } from './sample-order.ts';

const given = specify({ decide, evolve, initial });

describe('placing an order', () => {
  it('puts the quote on record, one shipment per seller', () => given().when(place).yields(placed));
  it('happens once', () => given(placed).when(place).refuses('ALREADY_PLACED'));
  it('without an id for a shipment is a bug', () =>
    expect(() =>
      decide({ ...place, shipmentIds: new Map([[asId('potter'), asId('pots')]]) }, initial),
    ).toThrow('no shipment id for seller grocer'));
});
