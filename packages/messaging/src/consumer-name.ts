import type { EventDefinition } from '@emporium/contracts';

/** A consumer's durable name: `inventory_orders-placed`; later versions of an event have consumers of their own. */
export const consumerName = (owner: string, { name, version }: EventDefinition): string =>
  `${owner}_${name.replaceAll('.', '-')}${version > 1 ? `-v${version}` : ''}`;
