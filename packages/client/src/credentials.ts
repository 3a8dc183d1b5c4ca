/** What a sign-in yields. */
export type Credentials = {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  /** ISO 8601, UTC. */
  readonly expiresAt: string;
};

/** Whose token goes with a request. */
export type Identity = {
  /** The last token known, which may have expired. */
  readonly present: () => string | null;
  /** One that is good for a while; renewed where it can be. */
  readonly fresh: () => Promise<string | null>;
};

/** Always the same token, or nobody's. */
export const fixedIdentity = (token: string | null): Identity => ({
  present: () => token,
  fresh: async () => token,
});

const spareMs = 60_000;

/** Renews the session when its token has less than a minute left: once for all requests that wait for it. */
export const renewedIdentity = (
  first: Credentials,
  renew: (refreshToken: string) => Promise<Credentials>,
): Identity => {
  let credentials = first;
  let renewing: Promise<void> | undefined;

  const renewOnce = async (refreshToken: string) => {
    try {
      credentials = await renew(refreshToken);
    } finally {
      renewing = undefined;
    }
  };
  return {
    present: () => credentials.accessToken,
    fresh: async () => {
      const { refreshToken, expiresAt } = credentials;
      const isDue = Date.parse(expiresAt) - Date.now() < spareMs;
      if (isDue && refreshToken !== null) {
        renewing ??= renewOnce(refreshToken);
        await renewing;
      }
      return credentials.accessToken;
    },
  };
};
