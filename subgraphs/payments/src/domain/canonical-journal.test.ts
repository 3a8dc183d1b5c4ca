import { expect, it } from 'vitest';
import { canonicalJournal, type KeptJournal } from './canonical-journal.ts';

const journal: KeptJournal = {
  ...{ position: '1', transaction: '7', id: 'j', kind: 'RELEASE', cause: 'o', orderId: 'o' },
  ...{ key: 'release:s', eventId: null, actor: 'payments', at: '1000' },
  conversion: null,
  entries: [['1', 'escrow:s', 'GBP', '5']],
};

it('is the text that it was before there were conversions, where it has none', () =>
  expect(canonicalJournal(journal)).toBe(
    '{"actor":"payments","at":"1000","cause":"o","entries":[["1","escrow:s","GBP","5"]],"eventId":null,"id":"j","key":"release:s","kind":"RELEASE","orderId":"o","position":"1","transaction":"7"}',
  ));

it('has its conversion between, with keys in order, whatever order they come in', () => {
  const conversion = { to: 'JPY', from: 'GBP', rateDate: '2026-01-31', rate: '2/1', present: null };
  expect(canonicalJournal({ ...journal, conversion })).toContain(
    '"cause":"o","conversion":{"from":"GBP","present":null,"rate":"2/1","rateDate":"2026-01-31","to":"JPY"},"entries"',
  );
});
