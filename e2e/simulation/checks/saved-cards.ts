import type { Shop } from '../shop/world.ts';
import type { Check } from './rule.ts';

const rowsOf = ({ payments }: Shop) => [...payments.tables.methods.committed.values()];

export const savedCardChecks: readonly Check[] = [
  {
    rule: 'the provider keeps the cards that people keep, and no others',
    broken: (shop) => {
      const ours = rowsOf(shop).flatMap(({ token }) => token ?? []);
      const theirs = shop.payments.provider.kept();
      return [
        ...ours.filter((token) => !theirs.includes(token)).map((token) => `${token} is not kept`),
        ...theirs.filter((token) => !ours.includes(token)).map((token) => `${token} is kept for nobody`),
      ];
    },
  },
  {
    rule: 'a card that somebody wants to keep is kept, or refused',
    broken: (shop) => rowsOf(shop).flatMap(({ id, status }) => (status === 'PENDING' ? [id] : [])),
  },
  {
    rule: 'whoever keeps cards has one default among them',
    broken: (shop) =>
      [...new Set(rowsOf(shop).map(({ userId }) => userId))].flatMap((userId) => {
        const theirs = rowsOf(shop).filter((row) => row.userId === userId);
        const active = theirs.filter(({ status }) => status === 'ACTIVE');
        const defaults = theirs.filter(({ isDefault }) => isDefault);
        const isRight =
          defaults.length === Math.min(active.length, 1) && defaults.every((each) => active.includes(each));
        return isRight ? [] : [`${userId} has ${active.length} cards and ${defaults.length} defaults`];
      }),
  },
  {
    rule: 'a card that is kept pays for whom it is kept, and nobody else',
    broken: (shop) =>
      shop.payments.provider.movements.flatMap(({ token, about }) => {
        const row = rowsOf(shop).find(({ id }) => token === `kept-${id}`);
        const payer = shop.payments.tables.payments.committed.get(about)?.terms?.buyerId;
        return row && payer !== row.userId ? [`${about} of ${payer} was paid by ${row.userId}`] : [];
      }),
  },
];
