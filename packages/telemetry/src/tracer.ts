/** Facts about a span. Never a variable, a token, a parameter of a query, or a text that holds one. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export type SpanKind = 'server' | 'client' | 'producer' | 'consumer' | 'internal';

export type SpanOptions = {
  readonly kind: SpanKind;
  /** The W3C traceparent that this span continues; what is none begins a trace of its own. */
  readonly parent?: string | undefined;
  /** Traceparents that this span has to do with, without being a part of them. */
  readonly links?: readonly string[];
  readonly attributes?: Attributes;
};

/** A piece of work that is under way. */
export type Span = {
  /** What follows from this work continues it: here, in another process, or in an event. */
  readonly traceparent: string;
  /** Adds what became known on the way; a name replaces the first one. */
  describe(attributes: Attributes, name?: string): void;
  /** Ends it; `failure` says in a word or two what went wrong. */
  end(failure?: string): void;
};

/** Makes spans and sends them to a collector. Where none is configured there is no tracer, and nothing is paid for it. */
export type Tracer = {
  start(name: string, options: SpanOptions): Span;
  /** Sends what is left. */
  stop(): Promise<void>;
};

/** Ends a span with the work that it stands for. Only the kind of an error is told: messages may quote values. */
export const untilDone = async <T>(span: Span, work: Promise<T>): Promise<T> => {
  try {
    const result = await work;
    span.end();
    return result;
  } catch (error) {
    span.end(error instanceof Error ? error.name : 'failed');
    throw error;
  }
};
