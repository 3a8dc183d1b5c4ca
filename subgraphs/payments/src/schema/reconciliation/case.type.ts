import { DateTimeScalar, MoneyType, showMoney } from '@emporium/subgraph';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { suggestionFor, type ReconciliationCase as View } from '../../application/resolve-case.ts';

export enum ReconciliationCaseKind {
  MISSING_HERE = 'MISSING_HERE',
  MISSING_THERE = 'MISSING_THERE',
  AMOUNT_DIFFERS = 'AMOUNT_DIFFERS',
  DUPLICATE = 'DUPLICATE',
}

registerEnumType(ReconciliationCaseKind, {
  name: 'ReconciliationCaseKind',
  description: 'What a provider’s report and the books differ in.',
  valuesConfig: {
    MISSING_HERE: { description: 'The provider reports it, and nothing is booked.' },
    MISSING_THERE: { description: 'It is booked, and the provider does not report it.' },
    AMOUNT_DIFFERS: { description: 'Both know it, by different amounts or currencies.' },
    DUPLICATE: { description: 'The provider did it once more under the same idempotency key.' },
  },
});

export enum ReconciliationCaseStatus {
  OPEN = 'OPEN',
  RESOLVED = 'RESOLVED',
  ACCEPTED = 'ACCEPTED',
}

registerEnumType(ReconciliationCaseStatus, {
  name: 'ReconciliationCaseStatus',
  description: 'What became of a difference.',
  valuesConfig: {
    OPEN: { description: 'Nobody has closed it.' },
    RESOLVED: {
      description:
        'Its suggested journal was posted, or a later run found it matched (`closedBy` is null).',
    },
    ACCEPTED: { description: 'An administrator lets it stand; nothing was posted.' },
  },
});

export enum ProviderMovementKind {
  CAPTURE = 'CAPTURE',
  REFUND = 'REFUND',
  PAYOUT = 'PAYOUT',
}

registerEnumType(ProviderMovementKind, {
  name: 'ProviderMovementKind',
  description: 'What a provider does for the marketplace.',
  valuesConfig: {
    CAPTURE: { description: 'Takes money from a card, for an order or a wallet.' },
    REFUND: { description: 'Gives a card its money back.' },
    PAYOUT: { description: 'Pays out what was withdrawn.' },
  },
});

export enum EntrySide {
  DEBIT = 'DEBIT',
  CREDIT = 'CREDIT',
}

registerEnumType(EntrySide, {
  name: 'EntrySide',
  description: 'Which side of an account an entry is on.',
  valuesConfig: {
    DEBIT: { description: 'Assets and expenses grow.' },
    CREDIT: { description: 'Liabilities and income grow.' },
  },
});

@ObjectType({ description: 'One account’s part in a suggested journal.' })
export class SuggestedEntry {
  @Field(() => String, { description: 'The account, such as `provider:card:GBP`.' })
  account!: string;

  @Field(() => EntrySide, { description: 'On which side.' })
  side!: `${EntrySide}`;

  @Field(() => MoneyType, { description: 'How much, above zero.' })
  amount!: MoneyType;
}

@ObjectType({ description: 'A difference between a provider’s report and the books.' })
export class ReconciliationCase {
  readonly __typename = 'ReconciliationCase';

  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'The day, UTC: `2026-11-26`.' })
  date!: string;

  @Field(() => String, { description: 'Whose report.' })
  provider!: string;

  @Field(() => ReconciliationCaseKind, { description: 'What differs.' })
  kind!: `${ReconciliationCaseKind}`;

  @Field(() => ProviderMovementKind, { description: 'What the provider did, or is booked to have done.' })
  movement!: `${ProviderMovementKind}`;

  @Field(() => String, {
    description: 'The idempotency key that the provider was given; empty where there was none.',
  })
  idempotencyKey!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The provider’s own id; null of what it does not report.',
  })
  reportedId!: string | null;

  @Field(() => MoneyType, { nullable: true, description: 'How much it reports.' })
  reported!: MoneyType | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When, by its clock.' })
  reportedAt!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The journal that booked it; null of what is not booked.',
  })
  journalId!: string | null;

  @Field(() => MoneyType, { nullable: true, description: 'How much is booked.' })
  booked!: MoneyType | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was booked.' })
  bookedAt!: string | null;

  @Field(() => [SuggestedEntry], {
    description: 'The journal that would make the books agree with the report.',
  })
  suggestedJournal!: SuggestedEntry[];

  @Field(() => ReconciliationCaseStatus, { description: 'What became of it.' })
  status!: `${ReconciliationCaseStatus}`;

  @Field(() => String, { nullable: true, description: 'Why it was closed, in the administrator’s words.' })
  reason!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The administrator who closed it; null where a run did.',
  })
  closedBy!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was closed; null while it is open.',
  })
  closedAt!: string | null;

  @Field(() => DateTimeScalar, { description: 'When a run first found it.' })
  openedAt!: string;
}

export const showCase = ({ day, key, ...view }: View): ReconciliationCase => ({
  __typename: 'ReconciliationCase',
  ...view,
  date: day,
  idempotencyKey: key,
  reported: view.reported && showMoney(view.reported),
  booked: view.booked && showMoney(view.booked),
  suggestedJournal: suggestionFor({ day, key, ...view }).map(({ account, side, amount }) => ({
    account: account.id,
    side,
    amount: showMoney({ minor: amount, currency: account.currency }),
  })),
});
