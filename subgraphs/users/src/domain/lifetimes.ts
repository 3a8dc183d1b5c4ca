/** How long an access token is believed, unless its session ends before. */
export const accessTokenSeconds = 10 * 60;

/** How long a refresh token is good for. */
export const refreshTokenSeconds = 30 * 24 * 60 * 60;

/** How far apart the tabs of one browser may send the same refresh token. */
export const graceSeconds = 10;
/** How long somebody may stay at a provider's pages to sign in. */
export const signInAttemptSeconds = 10 * 60;
