import { badUserInput } from '@emporium/subgraph';
import { Field, ID, InputType, registerEnumType } from 'type-graphql';

export enum ReconciliationAction {
  POST_SUGGESTED = 'POST_SUGGESTED',
  ACCEPT = 'ACCEPT',
}

registerEnumType(ReconciliationAction, {
  name: 'ReconciliationAction',
  description: 'What to do about a difference.',
  valuesConfig: {
    POST_SUGGESTED: { description: 'Post the suggested journal.' },
    ACCEPT: { description: 'Let it stand, and post nothing.' },
  },
});

@InputType({ description: 'How a difference is to be closed.' })
export class ResolveReconciliationCaseInput {
  @Field(() => ID, { description: 'An open case.' })
  caseId!: string;

  @Field(() => ReconciliationAction, { description: 'What to do.' })
  action!: `${ReconciliationAction}`;

  @Field(() => String, { description: 'Why, for whoever reads the books: 1 to 500 characters.' })
  reason!: string;
}

/** A date that the calendar has. */
export const readDay = (text: string, field: string): string => {
  const at = /^[12]\d{3}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text)
    throw badUserInput(`\`${field}\` must be a date such as 2026-11-26.`, field);
  return text;
};
