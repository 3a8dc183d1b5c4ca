/** What a client asks of a list of orders, checked: whatever is wrong is told by its field. */
import { badUserInput, readMoney, readOptionalKey } from '@emporium/subgraph';
import type { OrderQuery, Period, WantedText } from '../../application/order-lists.ts';
import type { UserId, VariantId } from '../../application/ports.ts';
import { readNumberStart } from '../../domain/read-order-number.ts';
import { readInstant } from '../read-instant.ts';
import { readText } from '../read-text.ts';
import type { OrderFilterInput, OrderSearchInput, SellerOrderFilterInput } from './order-query.input.ts';

type Placed = Pick<OrderSearchInput, 'placedFrom' | 'placedUntil'>;
type Wanted = Omit<OrderQuery, 'sort'>;

export const readPeriod = ({ placedFrom, placedUntil }: Placed, path?: string): Period => {
  const period = { from: readInstant(placedFrom), until: readInstant(placedUntil) };
  if (period.from !== null && period.until !== null && period.from > period.until) {
    throw badUserInput(
      '`placedFrom` must not be later than `placedUntil`.',
      path ? `${path}.placedFrom` : 'placedFrom',
    );
  }
  return period;
};

export const readStatuses = <Status>(statuses: readonly Status[] | null | undefined, field: string) => {
  if (statuses?.length === 0) {
    const name = field.slice(field.lastIndexOf('.') + 1);
    throw badUserInput(`Name at least one \`${name}\`, or leave it out.`, field);
  }
  return statuses ?? [];
};

const readNumber = (number: string | null | undefined, field: string): string | null => {
  if (number == null) return null;
  const start = readNumberStart(number);
  if (start === null) throw badUserInput('No order’s number begins like that.', field);
  return start;
};

const mostWords = 8;

const searchedText = (text: string, field: string): WantedText => {
  const searched = readText(text, 100, field);
  return { words: searched.split(/\s+/u).slice(0, mostWords), number: readNumberStart(searched) };
};

export const readOrderFilter = (filter: OrderFilterInput | null | undefined): Wanted => {
  if (!filter) return {};
  return {
    statuses: readStatuses(filter.status, 'filter.status'),
    placed: readPeriod(filter, 'filter'),
    text: filter.text == null ? null : searchedText(filter.text, 'filter.text'),
  };
};

export const readSellerFilter = (filter: SellerOrderFilterInput | null | undefined): Wanted => {
  if (!filter) return {};
  return {
    shipmentStatuses: readStatuses(filter.shipmentStatus, 'filter.shipmentStatus'),
    placed: readPeriod(filter, 'filter'),
    number: readNumber(filter.number, 'filter.number'),
  };
};

export const readOrderSearch = (search: OrderSearchInput | null | undefined): Wanted => {
  if (!search) return {};
  const { buyerId, sellerId, variantId, totalFrom, totalTo } = search;
  const atLeast = totalFrom ? readMoney(totalFrom, 'filter.totalFrom') : null;
  const atMost = totalTo ? readMoney(totalTo, 'filter.totalTo') : null;
  if (atLeast && atMost && atLeast.currency !== atMost.currency) {
    throw badUserInput('`totalFrom` and `totalTo` must be in one currency.', 'filter.totalTo');
  }
  if (atLeast && atMost && atLeast.minor > atMost.minor) {
    throw badUserInput('`totalFrom` must not be more than `totalTo`.', 'filter.totalFrom');
  }
  return {
    ...{ atLeast, atMost },
    buyerId: readOptionalKey(buyerId, 'filter.buyerId') as UserId | null,
    sellerId: readOptionalKey(sellerId, 'filter.sellerId') as UserId | null,
    variantId: readOptionalKey(variantId, 'filter.variantId') as VariantId | null,
    statuses: readStatuses(search.status, 'filter.status'),
    placed: readPeriod(search, 'filter'),
    number: readNumber(search.number, 'filter.number'),
  };
};
