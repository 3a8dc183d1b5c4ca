/** How long an access token is believed: nothing can call it back before. */
export const accessTokenSeconds = 10 * 60;

/** How long a refresh token is good for. */
export const refreshTokenSeconds = 30 * 24 * 60 * 60;

/** How long somebody may stay at a provider's pages to sign in. */
export const signInAttemptSeconds = 10 * 60;
