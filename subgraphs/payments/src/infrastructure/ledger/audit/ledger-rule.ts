/** A rule, and the SQL over the audit views that names in `what` whatever breaks it: no row means that it holds. */
export type LedgerRule = { readonly rule: string; readonly sql: string };

/** Rules that are asked in one statement, and what they have in common: queries of its `WITH`, each read once for all. */
export type RuleGroup = { readonly shared?: string; readonly rules: readonly LedgerRule[] };

/** A rule that does not hold, and what breaks it, up to `shown`. */
export type Finding = { readonly rule: string; readonly what: readonly string[] };

/** Of what breaks a rule no more is told. */
export const shown = 10;
