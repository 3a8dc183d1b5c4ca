import { add } from '@emporium/domain';
import { connectionOf, DateTimeScalar, MoneyType, showMoney } from '@emporium/subgraph';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { WalletEntryView } from '../application/views.ts';
import { Order } from './order.type.ts';
import { showConversion, WalletConversion } from './settlement/wallet-conversion.type.ts';

/** Why money moved in or out of a wallet. */
export enum WalletEntryKind {
  TOP_UP = 'TOP_UP',
  PAYMENT = 'PAYMENT',
  REFUND = 'REFUND',
  SALE = 'SALE',
  WITHDRAWAL = 'WITHDRAWAL',
  RECOVERY = 'RECOVERY',
}

registerEnumType(WalletEntryKind, {
  name: 'WalletEntryKind',
  description: 'Why money moved in or out of a wallet.',
  valuesConfig: {
    TOP_UP: { description: 'Paid in from a card.' },
    PAYMENT: { description: 'Paid for an order.' },
    REFUND: { description: 'Came back from an order that was called off.' },
    SALE: { description: 'Earned: a shipment arrived, and its escrow was released.' },
    WITHDRAWAL: { description: 'Paid out.' },
    RECOVERY: { description: 'Made good what was owed to the marketplace.' },
  },
});

@ObjectType({ description: 'One movement of money in or out of a wallet.' })
export class WalletEntry {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => WalletEntryKind, { description: 'Why the money moved.' })
  kind!: `${WalletEntryKind}`;

  @Field(() => MoneyType, { description: 'How much: positive came in, negative went out.' })
  amount!: MoneyType;

  @Field(() => MoneyType, {
    description:
      'The amount before commission: what was sold, or of a sale what went back to its buyer. Of a sale in another currency it is the amount.',
  })
  gross!: MoneyType;

  @Field(() => MoneyType, {
    description:
      'What the marketplace kept of it; negative when it gave that back. `amount` is `gross` less `commission`. Of a sale in another currency it is zero here, and in `conversion`.',
  })
  commission!: MoneyType;

  @Field(() => DateTimeScalar, { description: 'When it was booked.' })
  at!: string;

  @Field(() => Order, { nullable: true, description: 'The order that it belongs to, if any.' })
  order!: Order | null;

  @Field(() => WalletConversion, {
    nullable: true,
    description: 'What it was converted from; null of what came or went in its own currency.',
  })
  conversion!: WalletConversion | null;
}

@ObjectType({ description: 'A page of WalletEntry.' })
export class WalletEntryConnection extends connectionOf('WalletEntry', () => WalletEntry) {}

export const showEntry = ({
  id,
  kind,
  amount,
  commission,
  at,
  orderId,
  conversion,
}: WalletEntryView): WalletEntry => ({
  id,
  kind,
  amount: showMoney(amount),
  gross: showMoney(add(amount, commission)),
  commission: showMoney(commission),
  at,
  order: orderId === null ? null : { id: orderId },
  conversion: conversion && showConversion(conversion),
});
