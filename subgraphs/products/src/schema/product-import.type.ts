import { connectionOf, DateTimeScalar, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  type FileCode,
  type ImportView,
  mostImportBytes,
  mostImportRows,
  type ReportedRow,
  type RowCode,
} from '../application/imports/import-ports.ts';
import { BulkUpsertOutcome } from './bulk-upsert.type.ts';
import { ProductRefusal } from './product-result.type.ts';

export enum ProductImportStatus {
  AWAITING_FILE = 'AWAITING_FILE',
  RUNNING = 'RUNNING',
  STOPPED = 'STOPPED',
  DONE = 'DONE',
}

registerEnumType(ProductImportStatus, {
  name: 'ProductImportStatus',
  description: 'How far an import is.',
  valuesConfig: {
    AWAITING_FILE: { description: 'Nothing has been sent.' },
    RUNNING: { description: 'The file is coming, and its rows are being offered.' },
    STOPPED: {
      description:
        'It was interrupted, or the file has a mistake that hides what follows. Sent again to the same address, the file goes on after the last row that is done.',
    },
    DONE: { description: 'Every row was offered or refused.' },
  },
});

/** What may be wrong with a row, or with a file. */
const codes: Record<RowCode | FileCode, string> = {
  BAD_VALUE: 'The cell says what cannot be.',
  NOT_UTF8: 'The cell is not text in UTF-8.',
  WRONG_CELL_COUNT: 'The row has more cells than there are columns, or fewer.',
  DUPLICATE_SKU: 'A row before has the SKU.',
  ROWS_DISAGREE: 'A row before says otherwise of the same product.',
  SCATTERED_PRODUCT: 'The product’s rows do not follow each other.',
  SKU_TAKEN: 'Another product has one of the SKUs.',
  CATEGORY_UNKNOWN: 'There is no category with this slug.',
  TOO_MANY_VARIANTS: 'The product would have more than 100 variants.',
  OPTIONS_MISMATCH: 'A variant lacks a value for an option, has one too many, or is like another.',
  CURRENCIES_DIFFER: 'The product’s prices would be in more than one currency.',
  ALREADY_PUBLISHED: 'The product is on sale and cannot be a draft.',
  NEW_IS_ARCHIVED: 'The product is new and ARCHIVED.',
  MISSING_COLUMN: 'The first row lacks a column.',
  UNKNOWN_COLUMN: 'The first row names a column that there is not.',
  DUPLICATE_COLUMN: 'The first row names a column twice.',
  BAD_QUOTES: 'A quote stands where none can be.',
  ENDS_IN_QUOTES: 'The file ends within quotes: it was cut, or a quote is missing.',
  ROW_TOO_LARGE: 'The row is too large; perhaps a closing quote is missing.',
  TOO_MANY_ROWS: `The file has more than ${mostImportRows} rows.`,
  FILE_TOO_LARGE: `The file has more than ${mostImportBytes} bytes.`,
  SELLER_SUSPENDED: 'The seller may not sell any more.',
  DIFFERENT_FILE: 'The file does not begin as the one that was sent before.',
  INTERRUPTED: 'The file did not come whole.',
};

export const ProductImportCode = Object.fromEntries(Object.keys(codes).map((code) => [code, code]));

registerEnumType(ProductImportCode, {
  name: 'ProductImportCode',
  description: 'Why a row was refused, or a file was read no further.',
  valuesConfig: Object.fromEntries(
    Object.entries(codes).map(([code, description]) => [code, { description }]),
  ),
});

@ObjectType({ description: 'Why a file was read no further. The rows before count.' })
export class ProductImportProblem {
  @Field(() => ProductImportCode, { description: 'What is wrong.' })
  code!: FileCode;

  @Field(() => Int, {
    nullable: true,
    description: 'In which row, as a spreadsheet counts: the names of the columns are row 1.',
  })
  row!: number | null;

  @Field(() => String, { nullable: true, description: 'In which column.' })
  field!: string | null;

  @Field(() => String, { description: 'The same in words.' })
  message!: string;
}

@ObjectType({ description: 'What became of a row of a file.' })
export class ProductImportRow {
  @Field(() => Int, {
    description: 'Which, as a spreadsheet counts: the names of the columns are row 1.',
  })
  row!: number;

  @Field(() => String, { description: 'Its SKU as the file says it; empty where it says none.' })
  sku!: string;

  @Field(() => BulkUpsertOutcome, { description: 'What became of the product that it is a row of.' })
  outcome!: `${BulkUpsertOutcome}`;

  @Field(() => ProductImportCode, { nullable: true, description: 'Why it was refused.' })
  code!: RowCode | null;

  @Field(() => String, { nullable: true, description: 'Which column is wrong.' })
  field!: string | null;

  @Field(() => String, { nullable: true, description: 'The same in words.' })
  message!: string | null;
}

export const ProductImportRowConnection = connectionOf('ProductImportRow', () => ProductImportRow);

@ObjectType({ description: 'A file of products that is offered row by row.' })
export class ProductImport {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => ProductImportStatus, { description: 'How far it is.' })
  status!: `${ProductImportStatus}`;

  @Field(() => Int, { description: 'How many rows have been offered or refused.' })
  rowsDone!: number;

  @Field(() => Int, { description: 'How many of them are rows of new products.' })
  created!: number;

  @Field(() => Int, { description: 'How many are rows of products that have changed.' })
  updated!: number;

  @Field(() => Int, { description: 'How many are rows of products that were as they say.' })
  unchanged!: number;

  @Field(() => Int, { description: 'How many were refused.' })
  refused!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'How much of the file is done, of 100; null while it is not known how long it is.',
  })
  percent!: number | null;

  @Field(() => ProductImportProblem, { nullable: true, description: 'Why it stopped.' })
  problem!: ProductImportProblem | null;

  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  startedAt!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was done.' })
  finishedAt!: string | null;
}

@ObjectType({
  description:
    'Where to send the file: PUT it as it is, CSV in UTF-8 with commas. The answer comes when every row was offered or refused; sent again, it goes on where it stopped.',
})
export class ProductImportStart {
  @Field(() => ProductImport, { description: 'The import, to be followed by `productImport`.' })
  import!: ProductImport;

  @Field(() => String, {
    description: 'Where the file goes; it needs no other proof, so keep it to yourself.',
  })
  url!: string;

  @Field(() => Int, { description: 'How many bytes the file may have.' })
  maxBytes!: number;

  @Field(() => Int, { description: 'How many rows it may have beside the names of the columns.' })
  maxRows!: number;

  @Field(() => DateTimeScalar, { description: 'Until when it may be sent, and sent again.' })
  expiresAt!: string;
}

@ObjectType({ description: 'Where to fetch your products as CSV; the file can be imported again.' })
export class ProductExport {
  @Field(() => String, { description: 'The file; it needs no other proof, so keep it to yourself.' })
  url!: string;

  @Field(() => DateTimeScalar, { description: 'Until when it may be fetched.' })
  expiresAt!: string;
}

export const ProductImportResult = createUnionType({
  name: 'ProductImportResult',
  description: 'Where the file goes, or why there is no import.',
  types: () => [ProductImportStart, ProductRefusal] as const,
  resolveType,
});

export const ProductExportResult = createUnionType({
  name: 'ProductExportResult',
  description: 'Where the file is, or why there is none.',
  types: () => [ProductExport, ProductRefusal] as const,
  resolveType,
});

export const showImport = (view: ImportView): ProductImport => ({
  ...view,
  rowsDone: view.created + view.updated + view.unchanged + view.refused,
});

export const showRow = ({ row, sku, outcome, problem }: ReportedRow): ProductImportRow => ({
  row,
  sku,
  outcome,
  code: problem?.code ?? null,
  field: problem?.field ?? null,
  message: problem?.message ?? null,
});
