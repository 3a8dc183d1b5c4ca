/** A span that a part of a program made, as a test looks at it. */
export type RecordedSpan = {
  readonly name: string;
  readonly parent: string | undefined;
  readonly links: readonly string[];
  /** What those that follow from it name as their parent. */
  readonly traceparent: string;
  attributes: Readonly<Record<string, unknown>>;
  ended: boolean;
  failure: string | undefined;
};

type Options = {
  readonly parent?: string | undefined;
  readonly links?: readonly string[];
  readonly attributes?: Readonly<Record<string, unknown>>;
};

/** A tracer that keeps its spans, in the order of their beginnings. */
export const testTracer = () => {
  const spans: RecordedSpan[] = [];
  return {
    spans,
    start: (name: string, { parent, links = [], attributes = {} }: Options) => {
      const number = String(spans.length + 1).padStart(16, '0');
      const traceparent = `00-${'a'.repeat(32)}-${number}-01`;
      const span: RecordedSpan = {
        name,
        parent,
        links,
        traceparent,
        attributes,
        ended: false,
        failure: undefined,
      };
      spans.push(span);
      return {
        traceparent,
        describe: (more: Readonly<Record<string, unknown>>) => {
          span.attributes = { ...span.attributes, ...more };
        },
        end: (failure?: string) => {
          span.ended = true;
          span.failure = failure;
        },
      };
    },
    stop: async () => {},
  };
};
