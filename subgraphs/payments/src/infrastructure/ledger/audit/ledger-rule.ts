/** A rule, and the SQL over the audit views that names in `what` whatever breaks it: no row means that it holds. */
export type LedgerRule = { readonly rule: string; readonly sql: string };
