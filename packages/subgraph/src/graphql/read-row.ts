import { GraphQLError } from 'graphql';

/** What one row of many says; or what is wrong with it, and with which field of it where that can be told. */
export type RowReading<Row> =
  | { readonly ok: true; readonly row: Row }
  | { readonly ok: false; readonly message: string; readonly field: string | null };

/** A BAD_USER_INPUT of one row as a value, so that it spares the others. */
export const readRow = <Row>(read: () => Row): RowReading<Row> => {
  try {
    return { ok: true, row: read() };
  } catch (error) {
    if (!(error instanceof GraphQLError) || error.extensions.code !== 'BAD_USER_INPUT') throw error;
    const { field } = error.extensions;
    return { ok: false, message: error.message, field: typeof field === 'string' ? field : null };
  }
};
