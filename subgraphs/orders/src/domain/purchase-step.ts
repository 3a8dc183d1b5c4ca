/** The steps of the purchase that others owe an answer to. REFUND: what was paid for an order that came to nothing goes back. */
export type PurchaseStep = 'RESERVE' | 'PAY' | 'REFUND';

/** What becomes of a step that nobody answers: the order fails, or a person has to look. */
export type LastResort = 'FAIL' | 'PARK';

/** How long others may take over a step, how often they are asked again, and what happens then. */
export type StepTerms<Resort extends LastResort = LastResort> = {
  /** For each time of asking, from when the question was published. */
  readonly seconds: number;
  readonly retries: number;
  readonly lastResort: Resort;
};

/** An order that has ended cannot fail: a refund that does not come is for a person. */
export type PurchaseTerms = {
  readonly RESERVE: StepTerms;
  /** A buyer who has something to do has `buyerSeconds`, and is not asked again. */
  readonly PAY: StepTerms & { readonly buyerSeconds: number };
  readonly REFUND: StepTerms<'PARK'>;
};
