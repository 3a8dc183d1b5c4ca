const wellFormed = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** A place in a trace, as a W3C `traceparent` names it. */
export type TracePlace = { readonly traceId: string; readonly spanId: string; readonly traceFlags: number };

/** Reads a `traceparent`; null for anything else. */
export const readTraceparent = (traceparent: unknown): TracePlace | null => {
  const [, traceId, spanId, flags] =
    (typeof traceparent === 'string' && wellFormed.exec(traceparent)) || [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return null;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) };
};

/** The reverse of `readTraceparent`. */
export const writeTraceparent = ({ traceId, spanId, traceFlags }: TracePlace): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
