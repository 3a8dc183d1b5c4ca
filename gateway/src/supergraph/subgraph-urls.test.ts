import { expect, it } from 'vitest';
import { overrideUrls } from './subgraph-urls.ts';

it('overrides the URLs of the subgraphs that are named, and tells of names that fit none', () => {
  const subgraphs = [
    { name: 'orders', url: 'http://a' },
    { name: 'order-items', url: 'http://b' },
  ];
  expect(overrideUrls(subgraphs, { ORDER_ITEMS: 'http://c', ODRERS: 'http://d' })).toEqual({
    subgraphs: [
      { name: 'orders', url: 'http://a' },
      { name: 'order-items', url: 'http://c' },
    ],
    unknown: ['ODRERS'],
  });
});
