/** A body that is a function tells how things are by the time that it is sent; a text is sent as it is. */
export type Answered = { readonly status: number; readonly body: object | string | (() => object) };

/** The key came before, with another request. */
export class KeyClash extends Error {
  override readonly name = 'KeyClash';
}

/** A key with the same request gives the first answer again, if it is one to keep; with another one it throws a KeyClash. */
export const createIdempotency = (isKept: (answer: Answered) => boolean) => {
  const kept = new Map<string, { readonly request: string; readonly answer: Answered }>();
  return {
    once: (
      key: string | undefined,
      request: string,
      answer: () => Answered,
    ): Answered & { replayed: boolean } => {
      const earlier = key === undefined ? undefined : kept.get(key);
      if (earlier && earlier.request !== request) throw new KeyClash();
      if (earlier) return { ...earlier.answer, replayed: true };
      const first = answer();
      if (key !== undefined && isKept(first)) kept.set(key, { request, answer: first });
      return { ...first, replayed: false };
    },
    /** As after so long that the provider has forgotten them. */
    forget: (): void => kept.clear(),
  };
};
