import { isAdmin, isSignedIn, isSupport, type Viewer } from '../identity/viewer.ts';
import { type Seat, seats, viewerIn } from './seats.ts';

/** Some of all viewers, told from who asks and the object in hand alone: a check that never waits. */
export type Audience<Subject = never> = {
  /** As the table and the matrix call it. */
  readonly name: string;
  /** The seats from which it is always a member. */
  readonly seats: readonly Seat[];
  readonly admits: (viewer: Viewer, subject: Subject) => boolean;
};

const byRole = (name: string, admits: (viewer: Viewer) => boolean): Audience<unknown> => ({
  name,
  seats: seats.filter((seat) => admits(viewerIn(seat))),
  admits,
});

export const signedIn = byRole('signed in', isSignedIn);

/** Whoever may change things: SUPPORT only reads, whatever else it is. */
export const customer = byRole(
  'signed in, not SUPPORT',
  (viewer) => isSignedIn(viewer) && !isSupport(viewer),
);

export const admin = byRole('ADMIN', isAdmin);

export const support = byRole('SUPPORT', isSupport);

/** A rule of the subgraph's own about an object, and from which seats it lets see it. */
export const those = <Subject>(
  name: string,
  seats: readonly Seat[],
  admits: (viewer: Viewer, subject: Subject) => boolean,
): Audience<Subject> => ({ name, seats, admits });

/** Whose account it is. */
export const self = those(
  'oneself',
  ['owner'],
  ({ id }, account: { readonly id: string }) => id === account.id,
);

export const anyOf = <Subject>(...audiences: readonly Audience<Subject>[]): Audience<Subject> => ({
  name: audiences.map(({ name }) => name).join(' or '),
  seats: seats.filter((seat) => audiences.some((audience) => audience.seats.includes(seat))),
  admits: (viewer, subject) => audiences.some(({ admits }) => admits(viewer, subject)),
});
