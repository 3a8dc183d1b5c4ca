import { variantsChanged } from '@emporium/contracts';
import { ack, subscriber } from '@emporium/messaging';
import type { Ports } from './ports.ts';

/** Keeps our copy of the catalogue; an older version than ours changes nothing. */
export const onVariantsChanged = subscriber(
  variantsChanged,
  async (ports: Ports, { payload: { variants } }) => {
    await ports.catalogue.apply(variants);
    return ack;
  },
);
