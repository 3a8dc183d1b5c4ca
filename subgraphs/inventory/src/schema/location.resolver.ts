import { asId, type Decision } from '@emporium/domain';
import { badUserInput, requireSignedIn } from '@emporium/subgraph';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Location, LocationRefusal } from '../domain/location.ts';
import { actorOf, type Context, keeperOf } from './context.ts';
import {
  CreateStockLocationInput,
  type StockLocation,
  type StockLocationRefusal,
  StockLocationRefusalCode,
  StockLocationResult,
  UpdateStockLocationInput,
} from './location.types.ts';
import { readId, readLocationId } from './read-id.ts';
import { readText } from './read-text.ts';

type Result = StockLocation | StockLocationRefusal;

const highestPriority = 10_000;

const messages: Record<LocationRefusal, string> = {
  NOT_FOUND: 'There is no such location or seller, or it is not yours.',
  NOT_A_SELLER: 'Only sellers keep stock. Apply with `becomeSeller` first.',
  SELLER_SUSPENDED: 'Your shop is suspended, or not yet open: `me { seller { status reason } }` says why.',
  CODE_TAKEN: 'You have a location with this code. Use another, or change that one.',
  TOO_MANY_LOCATIONS: 'You have as many locations as a seller may have.',
  DEFAULT_LOCATION: 'Stock goes to the default location when none is named: it cannot be closed.',
};

const toResult = (outcome: Decision<Location, LocationRefusal>): Result | undefined => {
  if (!outcome.ok) {
    const code = StockLocationRefusalCode[outcome.refusal];
    return { __typename: 'StockLocationRefusal', code, message: messages[outcome.refusal] };
  }
  const [location] = outcome.events;
  return location && { ...location, __typename: 'StockLocation' };
};

/** Where sellers keep their goods. */
@Resolver()
export class LocationResolver {
  @Mutation(() => StockLocationResult, {
    description: 'Makes a place where you keep goods; administrators may make one for any seller.',
  })
  async createStockLocation(
    @Arg('input', () => CreateStockLocationInput, { description: 'The new location.' })
    input: CreateStockLocationInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<Result | undefined> {
    const keeper = keeperOf(requireSignedIn(viewer));
    const { sellerId, locationCode: code } = input;
    if (!/^[A-Z0-9_-]{1,32}$/.test(code)) {
      throw badUserInput(
        '`locationCode` must be 1 to 32 capital letters, digits, `-` and `_`.',
        'input.locationCode',
      );
    }
    const location = {
      sellerId: asId<'User'>(sellerId == null ? keeper.id : readId(sellerId)),
      code,
      name: readText(input.name, 'name', 'input', 100),
      priority: readPriority(input.priority),
    };
    return toResult(await app.openLocation(location, keeper));
  }

  @Mutation(() => StockLocationResult, {
    description: 'Renames one of your locations, changes its priority, closes it or opens it again.',
  })
  async updateStockLocation(
    @Arg('input', () => UpdateStockLocationInput, { description: 'What to change.' })
    input: UpdateStockLocationInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<Result | undefined> {
    const actor = actorOf(requireSignedIn(viewer));
    const { locationId, name, priority, active } = input;
    const change = {
      name: name == null ? null : readText(name, 'name', 'input', 100),
      priority: priority == null ? null : readPriority(priority),
      active: active ?? null,
    };
    return toResult(await app.changeLocation(readLocationId(locationId), change, actor));
  }
}

const readPriority = (priority: number): number => {
  if (priority < 0 || priority > highestPriority) {
    throw badUserInput(`\`priority\` must be 0 to ${highestPriority}.`, 'input.priority');
  }
  return priority;
};
