export type Variables = Readonly<Record<string, unknown>>;

/** An error as the gateway says it; `extensions.code` tells what kind. */
export type AnswerError = {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>> & { readonly code?: string };
};

export type Answer<Data> = {
  readonly data: Data | null;
  readonly errors: readonly AnswerError[];
  /** HTTP's. */
  readonly status: number;
};

/** What a subscription yields; an error that ends it is its last item. */
export type Item<Data> = Omit<Answer<Data>, 'status'>;

/** A client of the gateway, signed in or not. */
export type Client = {
  /** The viewer's present access token; null when nobody is signed in. */
  readonly token: string | null;
  /** Throws only when the gateway does not answer, or not in GraphQL; errors are in the answer. */
  request<Data = Record<string, unknown>>(document: string, variables?: Variables): Promise<Answer<Data>>;
  /**
   * Events as they arrive; ends when the gateway completes it or the loop is left. A lost connection is made anew with what the
   * variables are then: without a getter for where it has got to, it is told again what it was told before.
   */
  subscribe<Data = Record<string, unknown>>(
    document: string,
    variables?: Variables,
  ): AsyncIterableIterator<Item<Data>>;
  /** A client of its own for the account, whose session is renewed before it expires; throws SignInError. */
  signIn(email: string, password: string): Promise<Client>;
  /** Registers the account first. */
  signUp(email: string, password: string, name: string): Promise<Client>;
  /** A client of its own that sends this token. */
  withToken(token: string): Client;
  /** Ends this client's subscriptions; clients that it made are their own. */
  close(): Promise<void>;
};
