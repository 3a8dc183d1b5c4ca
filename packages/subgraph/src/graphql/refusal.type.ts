import { Field, InterfaceType } from 'type-graphql';

/** Refusals are values: each use case has a `<X>Refusal` that implements this and adds `code: <X>RefusalCode!`. */
@InterfaceType('Refusal', {
  description: 'Why something was not done. Every refusal also has a `code` of its own to act on.',
  resolveType: (value: { __typename?: string }) => value.__typename,
})
export abstract class Refusal {
  @Field(() => String, { description: 'What is wrong and what to do about it, in plain words.' })
  message!: string;
}
