import { stepUpRequired } from '../graphql/errors.ts';
import { requireSignedIn, type SignedInViewer, type Viewer } from './viewer.ts';

/** For how long a proof is recent. */
const recentSeconds = 10 * 60;

/** What a recent proof has to hold, by the names of RFC 8176. */
const neededBy = ({ session }: Viewer): readonly string[] =>
  session?.hasSecondFactor ? ['pwd', 'otp'] : ['pwd'];

/**
 * For what a stolen or forgotten session must not be able to do: the viewer, if they proved who they are within ten minutes of
 * `now` (the database's, ISO 8601), with a one-time code where the account has them. Else an UNAUTHENTICATED or STEP_UP_REQUIRED
 * error.
 */
export const requireRecentProof = (viewer: Viewer, now: string): SignedInViewer => {
  const signedIn = requireSignedIn(viewer);
  const { session } = viewer;
  const isRecent = session && Date.parse(now) / 1000 - session.authenticatedAt <= recentSeconds;
  const isWhole = !session?.hasSecondFactor || session.methods.includes('otp');
  if (!isRecent || !isWhole) throw stepUpRequired(neededBy(viewer));
  return signedIn;
};
