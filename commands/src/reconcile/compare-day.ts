import { type Client, dataOf } from '@emporium/client';
import { CommandError } from '../terminal/command-error.ts';
import { type Case, type Compared, cases, type Run, reconcile } from './operations.ts';

/** A day as it compares now: the last run of each provider, and every difference that nobody has closed. */
export type ComparedDay = { readonly runs: readonly Run[]; readonly open: readonly Case[] };

type Admin = Pick<Client, 'request'>;

/** As many as a page may hold. */
const atOnce = 100;

/** Compares a day, `2026-11-26`, now; throws CommandError with the refusal's code, and RequestRefusedError. */
export const compareDay = async (admin: Admin, date: string): Promise<ComparedDay> => {
  const { compared } = dataOf(await admin.request<{ compared: Compared }>(reconcile, { date }));
  if (compared.__typename === 'ReconciliationRefusal')
    throw new CommandError(compared.code, compared.message);
  const { runs } = compared;
  const isLast = (run: Run) => runs.find(({ provider }) => provider === run.provider) === run;
  return { runs: runs.filter(isLast), open: await openCases(admin, date) };
};

/** Whether every report was compared and nothing differs. */
export const isSettled = ({ runs, open }: ComparedDay): boolean =>
  open.length === 0 && runs.every(({ status }) => status !== 'FAILED');

type Page = {
  readonly reconciliation: {
    readonly cases: {
      readonly edges: readonly { readonly node: Case }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    };
  } | null;
};

const openCases = async (admin: Admin, date: string, after: string | null = null): Promise<Case[]> => {
  const { reconciliation } = dataOf(await admin.request<Page>(cases, { date, first: atOnce, after }));
  if (!reconciliation) return [];
  const { edges, pageInfo } = reconciliation.cases;
  const found = edges.map(({ node }) => node);
  return pageInfo.hasNextPage ? [...found, ...(await openCases(admin, date, pageInfo.endCursor))] : found;
};
