import { asId, type Decision } from '@emporium/domain';
import type { Transact } from '@emporium/messaging';
import type { Actor } from '../domain/actor.ts';
import type { LocationId } from '../domain/ids.ts';
import {
  change,
  type Keeper,
  type Location,
  type LocationChange,
  type LocationRefusal,
  type NewLocation,
  open,
} from '../domain/location.ts';
import type { Ports } from './ports.ts';

/** The location as it is now, or why nothing was done. */
type LocationOutcome = Decision<Location, LocationRefusal>;

const done = (location: Location): LocationOutcome => ({ ok: true, events: [location] });

/** Opens a location; the same again opens no second one. */
export const openLocation =
  (transact: Transact<Ports>) =>
  (wanted: NewLocation, keeper: Keeper): Promise<LocationOutcome> =>
    transact(async ({ locations, newId }) => {
      const known = await locations.lockList(wanted.sellerId);
      const decision = open(wanted, keeper, known);
      if (!decision.ok) return decision;
      const existing = known.locations.find(({ code }) => code === wanted.code);
      if (existing) return done(existing);
      const id = asId<'Location'>(newId());
      await locations.create({ ...wanted, id });
      return done({ ...wanted, id, active: true, isDefault: false });
    });

/** Renames a location, moves it in the order of all, closes it or opens it again. */
export const changeLocation =
  (transact: Transact<Ports>) =>
  (locationId: LocationId, wanted: LocationChange, actor: Actor): Promise<LocationOutcome> =>
    transact(async ({ locations, now }) => {
      const decision = change(wanted, actor, await locations.find(locationId));
      return decision.ok ? done(await locations.change(locationId, wanted, await now())) : decision;
    });
