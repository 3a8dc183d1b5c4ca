import { mostRepublished, type OperatorAction, type ParkedMessage } from '@emporium/messaging';
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver } from 'type-graphql';
import { afterArgument, firstArgument, readPage, toConnection } from '../graphql/connection.ts';
import { requireRecentProof } from '../identity/recent-proof.ts';
import { requireSignedIn, type Viewer } from '../identity/viewer.ts';
import type { Operations } from './open-operations.ts';
import {
  ParkedMessageFilterInput,
  ParkedMessagesInput,
  RepublishInput,
  readFilter,
  readMandate,
  readSelection,
  readSpan,
} from './operations.input.ts';
import {
  ConsumerStateType,
  OperatorActionConnection,
  OperatorActionResult,
  OutboxStateType,
  operationRefusal,
  ParkedMessageConnection,
  SubgraphOperationsType,
} from './operations.type.ts';
import { operationsFields } from './operations-policy.ts';
import { showEnvelope } from './show-envelope.ts';

type Context = { readonly viewer: Viewer; readonly operations: Operations };

const showParked = ({ envelope, ...parked }: ParkedMessage) => ({ ...parked, ...showEnvelope(envelope) });

const nothingFound = operationRefusal(
  'NOTHING_FOUND',
  'There is nothing, or nothing any more, to do it with.',
);

const show = (action: OperatorAction | null) =>
  action ? { __typename: 'OperatorAction' as const, ...action } : nothingFound;

@Resolver(() => SubgraphOperationsType)
class SubgraphOperationsResolver {
  @FieldResolver(() => ParkedMessageConnection, {
    description: 'Messages that no retry could mend, the latest first.',
  })
  async parkedMessages(
    @Arg('filter', () => ParkedMessageFilterInput, {
      nullable: true,
      description: 'Which; all, without one.',
    })
    filter: ParkedMessageFilterInput | null | undefined,
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Ctx() { operations }: Context,
  ) {
    const page = readPage(first, after, 1);
    const rows = await operations.listParked(readFilter(filter), {
      first: page.limit + 1,
      after: page.after?.[0],
    });
    return toConnection(rows, page, ({ id }) => [id], showParked);
  }

  @FieldResolver(() => OutboxStateType, { description: 'What it has to tell.' })
  outbox(@Ctx() { operations }: Context) {
    return operations.readOutbox();
  }

  @FieldResolver(() => [ConsumerStateType], {
    nullable: true,
    description: 'How far it is with what it hears; null while the broker does not answer.',
  })
  consumers(@Ctx() { operations }: Context) {
    return operations.readConsumers();
  }

  @FieldResolver(() => OperatorActionConnection, {
    description: 'What operators did here, the latest first.',
  })
  async actions(
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Ctx() { operations }: Context,
  ) {
    const page = readPage(first, after, 1);
    const rows = await operations.listActions({ first: page.limit + 1, after: page.after?.[0] });
    return toConnection(
      rows,
      page,
      ({ id }) => [id],
      (row) => row,
    );
  }
}

const inputArgument = { description: 'Which, and why.' } as const;
const proven = 'It needs a proof of the last 10 minutes, else it is an error STEP_UP_REQUIRED. For ADMIN.';

/** The operators' part of one subgraph's schema, under names of its own: mutations cannot be shared. */
export const operationsResolvers = (owner: string) => {
  const fields = operationsFields(owner);

  @Resolver()
  class OperationsResolver {
    @Query(() => SubgraphOperationsType, {
      name: fields.query,
      nullable: true,
      description: `What an operator sees of ${owner}. For ADMIN.`,
    })
    operations() {
      return { name: owner };
    }

    @Mutation(() => OperatorActionResult, {
      name: fields.replay,
      description: `Has parked messages of ${owner} handled again, within seconds, the oldest first; what their handler still will not have stays parked, with the new reason. For ADMIN.`,
    })
    async replay(
      @Arg('input', () => ParkedMessagesInput, inputArgument) input: ParkedMessagesInput,
      @Ctx() { viewer, operations }: Context,
    ) {
      const mandate = readMandate(requireSignedIn(viewer), input);
      return show(await operations.replay(readSelection(input), mandate));
    }

    @Mutation(() => OperatorActionResult, {
      name: fields.discard,
      description: `Gives parked messages of ${owner} up: they never have their effect. ${proven}`,
    })
    async discard(
      @Arg('input', () => ParkedMessagesInput, inputArgument) input: ParkedMessagesInput,
      @Ctx() { viewer, operations }: Context,
    ) {
      const mandate = readMandate(requireRecentProof(viewer, await operations.now()), input);
      return show(await operations.discard(readSelection(input), mandate));
    }

    @Mutation(() => OperatorActionResult, {
      name: fields.republish,
      description: `Has ${owner} send again what it published in a span of time, as far back as 30 days, up to ${mostRepublished.toLocaleString('en')} messages; whoever handled one before does nothing. ${proven}`,
    })
    async republish(
      @Arg('input', () => RepublishInput, inputArgument) input: RepublishInput,
      @Ctx() { viewer, operations }: Context,
    ) {
      const now = await operations.now();
      const mandate = readMandate(requireRecentProof(viewer, now), input);
      const action = await operations.republish(readSpan(input, now), mandate);
      return action === 'TOO_MANY'
        ? operationRefusal(
            action,
            `More than ${mostRepublished.toLocaleString('en')} messages were published in that time. Send them again in parts, by \`until\`.`,
          )
        : show(action);
    }
  }
  return [OperationsResolver, SubgraphOperationsResolver] as const;
};
