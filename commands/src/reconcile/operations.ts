export type Amount = { readonly amount: string; readonly currency: string };

export type Run = {
  readonly provider: string;
  readonly status: 'RUNNING' | 'FINISHED' | 'FAILED';
  readonly failure: string | null;
  readonly totals: readonly {
    readonly outcome: string;
    readonly movements: number;
    readonly reported: Amount;
    readonly booked: Amount;
  }[];
};

/** `runs` are last begun first. */
export type Compared =
  | { readonly __typename: 'Reconciliation'; readonly runs: readonly Run[] }
  | { readonly __typename: 'ReconciliationRefusal'; readonly code: string; readonly message: string };

export type Case = {
  readonly id: string;
  readonly provider: string;
  readonly kind: string;
  readonly movement: string;
  readonly reported: Amount | null;
  readonly booked: Amount | null;
  readonly suggestedJournal: readonly {
    readonly account: string;
    readonly side: string;
    readonly amount: Amount;
  }[];
};

export const reconcile = /* GraphQL */ `
  mutation ($date: String!) {
    compared: reconcile(date: $date) {
      __typename
      ... on Reconciliation {
        runs {
          provider status failure
          totals { outcome movements reported { amount currency } booked { amount currency } }
        }
      }
      ... on ReconciliationRefusal { code message }
    }
  }
`;

export const cases = /* GraphQL */ `
  query ($date: String!, $first: Int!, $after: String) {
    reconciliation(date: $date) {
      cases(status: [OPEN], first: $first, after: $after) {
        edges {
          node {
            id provider kind movement
            reported { amount currency }
            booked { amount currency }
            suggestedJournal { account side amount { amount currency } }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`;
