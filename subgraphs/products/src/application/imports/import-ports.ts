/** Importing a file of products: what is asked of the outside, and what is shown of it. */
import type { Instant } from '@emporium/domain';
import type { WholeOfferRefusal } from '../../domain/offer-whole.ts';
import type { NewProduct } from '../new-product.ts';

/** How much a file may hold. */
export const mostImportRows = 100_000;
export const mostImportBytes = 64 * 1024 * 1024;

/** Why a row was refused. */
export type RowCode =
  | WholeOfferRefusal
  | 'BAD_VALUE'
  | 'NOT_UTF8'
  | 'WRONG_CELL_COUNT'
  | 'DUPLICATE_SKU'
  | 'ROWS_DISAGREE'
  | 'SCATTERED_PRODUCT';

/** Why a file was read no further. */
export type FileCode =
  | 'MISSING_COLUMN'
  | 'UNKNOWN_COLUMN'
  | 'DUPLICATE_COLUMN'
  | 'BAD_QUOTES'
  | 'ENDS_IN_QUOTES'
  | 'ROW_TOO_LARGE'
  | 'TOO_MANY_ROWS'
  | 'FILE_TOO_LARGE'
  | 'SELLER_SUSPENDED'
  | 'DIFFERENT_FILE'
  | 'INTERRUPTED';

export type RowProblem = {
  readonly code: RowCode;
  readonly field: string | null;
  readonly message: string;
};

export type FileProblem = {
  readonly code: FileCode;
  readonly row: number | null;
  readonly field: string | null;
  readonly message: string;
};

/** A row as a spreadsheet counts it (the names of the columns are row 1), and its SKU as the file says it. */
export type FileRow = { readonly row: number; readonly sku: string };

/** Rows that are one product, a variant each, in the product's order; or one row that makes no sense. */
export type Entry = {
  readonly key: string | null;
  readonly rows: readonly FileRow[];
  readonly said:
    | { readonly ok: true; readonly product: NewProduct }
    | { readonly ok: false; readonly problem: RowProblem };
};

/** Where reading has come to: the last row, a hash of all rows up to it, and how many bytes they are about. */
export type Position = { readonly lastRow: number; readonly chain: string; readonly bytes: number };

export type Outcome = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'REFUSED';

export type ReportedRow = FileRow & {
  /** The product's, empty where it has none; null when the row was not even offered. */
  readonly key: string | null;
  readonly outcome: Outcome;
  readonly problem: RowProblem | null;
};

/** The right to go on with an import, while nobody else is at it. */
export type Claim = {
  readonly importId: string;
  readonly sellerId: string;
  readonly lease: string;
  readonly lastRow: number;
  readonly chain: string;
};

/** An import that is done: the file that it was of may come again, and no other. */
export type Finished = { readonly isFinished: true } & Pick<Claim, 'lastRow' | 'chain'>;

export type ClaimRefusal = 'NOT_INVITED' | 'UNDER_WAY';

/** Imports in one transaction. */
export type Imports = {
  /** Answers until when the file may be sent. Of a seller's imports the last few are kept. */
  readonly start: (sellerId: string, ticket: { id: string; fingerprint: string }) => Promise<Instant>;
  /** For one at a time; whoever has been silent for a minute is taken for dead. */
  readonly claim: (
    fingerprint: string,
    lease: string,
    bytesTotal: number | null,
  ) => Promise<Claim | Finished | ClaimRefusal>;
  /** Locks the import until the transaction ends; false when somebody else has taken it over. */
  readonly hold: (claim: Claim) => Promise<boolean>;
  /** In which rows these SKUs and products' keys were offered before. */
  readonly seen: (
    importId: string,
    skus: readonly string[],
    keys: readonly string[],
  ) => Promise<{ readonly skus: ReadonlyMap<string, number>; readonly keys: ReadonlyMap<string, number> }>;
  /** Notes what became of rows, and how far it came. */
  readonly note: (claim: Claim, rows: readonly ReportedRow[], position: Position) => Promise<void>;
  /** Lets go: done, or stopped for a reason. */
  readonly end: (claim: Claim, problem: FileProblem | null) => Promise<void>;
  readonly allowExport: (sellerId: string, ticket: { id: string; fingerprint: string }) => Promise<Instant>;
};

export type ImportView = {
  readonly id: string;
  readonly sellerId: string;
  readonly status: 'AWAITING_FILE' | 'RUNNING' | 'STOPPED' | 'DONE';
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: number;
  /** Of the file's bytes; null where nobody said how many there are. */
  readonly percent: number | null;
  readonly problem: FileProblem | null;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
};

/** Port. What is shown of imports. */
export type ImportReports = {
  readonly find: (id: string) => Promise<ImportView | null>;
  readonly rows: (
    importId: string,
    outcome: Outcome | null,
    after: number,
    limit: number,
  ) => Promise<readonly ReportedRow[]>;
};
