import { asInstant } from '@emporium/domain';
import { expect, it } from 'vitest';
import type { WalletEntryView } from '../application/views.ts';
import { walletMessage } from './wallet-message.ts';

const entry = (
  kind: WalletEntryView['kind'],
  minor: bigint,
  currency = 'GBP',
  orderId: string | null = 'e7',
): WalletEntryView => ({
  ...{ id: 'entry', position: 1n, kind, amount: { minor, currency }, orderId },
  ...{ commission: { minor: 0n, currency }, conversion: null, at: asInstant('2026-01-02T03:04:05.678Z') },
});

it.each([
  [entry('SALE', 5000n), 'Funds released: £50.00 from order e7'],
  [entry('REFUND', 123n), 'Refunded: £1.23 from order e7'],
  [entry('REFUND', -123n), 'Given back: £1.23 for order e7'],
  [entry('PAYMENT', -5n), 'Paid: £0.05 for order e7'],
  [entry('TOP_UP', 1000n, 'JPY', null), 'Topped up: JP¥1,000'],
  [entry('WITHDRAWAL', -(10n ** 17n + 1n), 'GBP', null), 'Withdrawn: £1,000,000,000,000,000.01'],
  [
    {
      ...entry('SALE', 9450n, 'JPY'),
      conversion: {
        from: { minor: 5000n, currency: 'GBP' },
        commission: { minor: 0n, currency: 'GBP' },
        rate: { from: 'GBP', to: 'JPY', numerator: 189n, denominator: 100n, date: '2026-01-02' },
      },
    },
    'Funds released: JP¥9,450 from order e7, converted from £50.00',
  ],
])('says what happened: %#', (of, sentence) => expect(walletMessage(of)).toBe(sentence));
