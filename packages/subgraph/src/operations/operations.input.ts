import type { Mandate, ParkedFilter, ParkedSelection, PublishedBetween } from '@emporium/messaging';
import { Field, ID, InputType } from 'type-graphql';
import { badUserInput } from '../graphql/errors.ts';
import { DateTimeScalar } from '../graphql/scalars.ts';
import type { SignedInViewer } from '../identity/viewer.ts';

const mostIds = 100;
const longestReason = 500;
const reason = { description: `Why, in 1 to ${longestReason} characters; it is kept.` } as const;

@InputType('ParkedMessageFilter', { description: 'Which parked messages; all conditions must hold.' })
export class ParkedMessageFilterInput {
  @Field(() => [ID], { nullable: true, description: `Only these, 1 to ${mostIds}.` })
  ids?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Only those of this consumer.' })
  consumer?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those that were replayed or discarded, or only the others.',
  })
  resolved?: boolean | null;
}

@InputType('ParkedMessagesInput', {
  description: 'Which parked messages something is done with: give `ids` or `consumer`.',
})
export class ParkedMessagesInput {
  @Field(() => [ID], { nullable: true, description: `These, 1 to ${mostIds}.` })
  ids?: string[] | null;

  @Field(() => String, { nullable: true, description: 'All that this consumer has parked, however many.' })
  consumer?: string | null;

  @Field(() => String, reason)
  reason!: string;
}

@InputType('RepublishInput', { description: 'Which messages are sent again.' })
export class RepublishInput {
  @Field(() => DateTimeScalar, { description: 'Published then or later.' })
  since!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Published then or earlier; now, without it.',
  })
  until?: string | null;

  @Field(() => String, reason)
  reason!: string;
}

const readIds = (ids: readonly string[], field: string): readonly string[] => {
  if (ids.length < 1 || ids.length > mostIds)
    throw badUserInput(`\`${field}\` must be 1 to ${mostIds} ids.`, field);
  return ids;
};

export const readFilter = (filter: ParkedMessageFilterInput | null | undefined): ParkedFilter => ({
  ids: filter?.ids ? readIds(filter.ids, 'filter.ids') : undefined,
  consumer: filter?.consumer ?? undefined,
  resolved: filter?.resolved ?? undefined,
});

export const readSelection = ({ ids, consumer }: ParkedMessagesInput): ParkedSelection => {
  if (ids && !consumer) return { ids: readIds(ids, 'input.ids') };
  if (consumer && !ids) return { consumer };
  throw badUserInput('Give either `ids` or `consumer`.', 'input');
};

/** `now` is the database's, ISO 8601. */
export const readSpan = ({ since, until }: RepublishInput, now: string): PublishedBetween => {
  const span = { since: new Date(since), until: new Date(until ?? now) };
  if (until && span.since > span.until)
    throw badUserInput('`since` must not be after `until`.', 'input.since');
  return span;
};

export const readMandate = (
  viewer: SignedInViewer,
  { reason: text }: { readonly reason: string },
): Mandate => {
  const trimmed = text.trim();
  if (trimmed.length < 1 || trimmed.length > longestReason)
    throw badUserInput(`\`reason\` must be 1 to ${longestReason} characters.`, 'input.reason');
  return { actorId: viewer.id, reason: trimmed };
};
