import {
  afterArgument,
  badUserInput,
  firstArgument,
  readPage,
  requireSignedIn,
  toConnection,
} from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { mostImportBytes, mostImportRows } from '../application/imports/import-ports.ts';
import { BulkUpsertOutcome } from './bulk-upsert.type.ts';
import type { Context } from './context.ts';
import {
  ProductExportResult,
  ProductImport,
  ProductImportResult,
  ProductImportRowConnection,
  showImport,
  showRow,
} from './product-import.type.ts';
import { refusalOf } from './product-result.type.ts';
import { isAskable } from './storable.ts';

/** Products as a file: where it goes, where it is, and what became of it. The file itself goes past GraphQL. */
@Resolver()
export class ProductImportResolver {
  @Mutation(() => ProductImportResult, {
    description:
      'Invites you to send a file of products. Its rows are offered as by `bulkUpsertProducts`, known by their SKUs: sent again they change nothing. A refused row spares the others. For sellers.',
  })
  async startProductImport(@Ctx() { app, viewer }: Context) {
    const by = requireSignedIn(viewer);
    const ticket = await app.startImport(by);
    if (!ticket.ok) return refusalOf(ticket.refusal);
    const started = await app.findImport(ticket.id, by);
    if (!started) throw new Error('an import that is not there');
    return {
      __typename: 'ProductImportStart' as const,
      import: showImport(started),
      url: app.fileUrl(`imports/${ticket.token}`),
      maxBytes: mostImportBytes,
      maxRows: mostImportRows,
      expiresAt: ticket.expiresAt,
    };
  }

  @Mutation(() => ProductExportResult, {
    description:
      'Tells where your products are to be fetched as CSV, a row for each variant; `retired` says of which none is sold any more. Imported again, the file changes nothing: what is retired stays so, whatever the file says. For sellers.',
  })
  async requestProductExport(@Ctx() { app, viewer }: Context) {
    const ticket = await app.allowExport(requireSignedIn(viewer));
    if (!ticket.ok) return refusalOf(ticket.refusal);
    const url = app.fileUrl(`exports/${ticket.token}`);
    return { __typename: 'ProductExport' as const, url, expiresAt: ticket.expiresAt };
  }

  @Query(() => ProductImport, {
    nullable: true,
    description: 'One of your imports, of which the last ten are kept; for ADMIN anybody’s.',
  })
  async productImport(
    @Arg('id', () => ID, { description: 'The import’s id.' }) id: string,
    @Ctx() { app, viewer }: Context,
  ): Promise<ProductImport | null> {
    const found = isAskable(id) ? await app.findImport(id, requireSignedIn(viewer)) : null;
    return found && showImport(found);
  }
}

/** What hangs on an import. */
@Resolver(() => ProductImport)
export class ProductImportRowsResolver {
  @FieldResolver(() => ProductImportRowConnection, { description: 'What became of each row, in order.' })
  async rows(
    @Root() { id }: ProductImport,
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null,
    @Arg('outcome', () => BulkUpsertOutcome, {
      nullable: true,
      description: 'Only rows that came to this; all, when left out.',
    })
    outcome: BulkUpsertOutcome | null,
    @Ctx() { app }: Context,
  ) {
    const page = readPage(first, after, 1);
    const [row = '0'] = page.after ?? [];
    if (!/^\d{1,9}$/.test(row)) throw badUserInput('`after` must be an `endCursor` of this list.', 'after');
    const rows = await app.importRows(id, outcome ?? null, Number(row), page.limit + 1);
    return toConnection(rows, page, (each) => [String(each.row)], showRow);
  }
}
