/** What a message said, for an operator to read: never what lets somebody in or pay. */

const isSecret = (key: string): boolean => /token|secret|password|key$/i.test(key);

const hide = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(hide);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      isSecret(key) && inner !== null ? '(hidden)' : hide(inner),
    ]),
  );
};

const textIn = (envelope: object, key: string): string | null => {
  const value = (envelope as Record<string, unknown>)[key];
  return typeof value === 'string' ? value : null;
};

export type ShownEnvelope = {
  readonly envelope: string | null;
  readonly correlationId: string | null;
  readonly causationId: string | null;
  readonly traceparent: string | null;
};

/** Of what was no JSON there is nothing to show: nobody knows which part of it is a secret. */
export const showEnvelope = (envelope: unknown): ShownEnvelope => {
  if (typeof envelope !== 'object' || envelope === null || 'base64' in envelope) {
    return { envelope: null, correlationId: null, causationId: null, traceparent: null };
  }
  return {
    envelope: JSON.stringify(hide(envelope), null, 2),
    correlationId: textIn(envelope, 'correlationId'),
    causationId: textIn(envelope, 'causationId'),
    traceparent: textIn(envelope, 'traceparent'),
  };
};
