const requestIds = new WeakMap<object, string>();

/** Notes whose request an error belongs to: who masks and logs it later knows nothing of requests. */
export const blame = (error: object, requestId: string): void => {
  requestIds.set(error, requestId);
};

/** The request that an error belongs to, where that is known. */
export const requestOfError = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null ? requestIds.get(error) : undefined;
