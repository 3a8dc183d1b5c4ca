export { logOutput } from './log-output.ts';
export { openTracer } from './open-tracer.ts';
export { readTraceparent } from './traceparent.ts';
export { type Attributes, type Span, type Tracer, untilDone } from './tracer.ts';
