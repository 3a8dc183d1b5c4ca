import { Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ObjectType, registerEnumType } from 'type-graphql';
import { Seller } from '../seller.type.ts';
import { SettlementRates } from './settlement-rate.type.ts';

/** Why nothing was set. */
export enum SettlementRefusalCode {
  NOT_A_SELLER = 'NOT_A_SELLER',
  NO_RATE = 'NO_RATE',
  OTHER_RATE = 'OTHER_RATE',
}

registerEnumType(SettlementRefusalCode, {
  name: 'SettlementRefusalCode',
  description: 'Why a currency or a rate of settlement was not set.',
  valuesConfig: {
    NOT_A_SELLER: { description: 'Whoever asks does not sell.' },
    NO_RATE: { description: 'No rate of that currency is known, so that nothing could be paid in it.' },
    OTHER_RATE: { description: 'Another rate of that currency and day is set already; none was set.' },
  },
});

@ObjectType({
  implements: Refusal,
  description: 'Why a currency or a rate of settlement was not set.',
})
export class SettlementRefusal extends Refusal {
  readonly __typename = 'SettlementRefusal';

  @Field(() => SettlementRefusalCode, { description: 'The reason, to act on.' })
  code!: `${SettlementRefusalCode}`;
}

export const SettlementResult = createUnionType({
  name: 'SettlementResult',
  description: 'The seller, who is paid in that currency from now on, or why not.',
  types: () => [Seller, SettlementRefusal] as const,
  resolveType,
});

export const SettlementRatesResult = createUnionType({
  name: 'SettlementRatesResult',
  description: 'The rates of the day as they are now, or why none was set.',
  types: () => [SettlementRates, SettlementRefusal] as const,
  resolveType,
});

export const refusedSettlement = (code: SettlementRefusal['code'], message: string): SettlementRefusal => ({
  __typename: 'SettlementRefusal',
  code,
  message,
});
