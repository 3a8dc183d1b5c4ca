/** No connection came about, so nothing was sent. */
const codes = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** Whether an attempt surely ended before the other side could hear of it; whatever is not sure is a no. */
export const isUnreached = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));
