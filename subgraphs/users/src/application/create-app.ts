import { becomeSeller } from './become-seller.ts';
import { logIn } from './log-in.ts';
import { logOut } from './log-out.ts';
import type { Dependencies } from './ports.ts';
import { createProfile } from './profile/create-profile.ts';
import type { ProfileDependencies } from './profile/profile-ports.ts';
import { refreshSession } from './refresh-session.ts';
import { openAccount, register } from './register.ts';
import { showUsers } from './show-user.ts';
import { beginSignIn } from './sign-in/begin-sign-in.ts';
import { completeSignIn } from './sign-in/complete-sign-in.ts';
import { linkIdentity } from './sign-in/link-identity.ts';
import { linkedIdentitiesOf, unlinkIdentity } from './sign-in/unlink-identity.ts';

/** Every use case of the subgraph, bound to its dependencies. */
export const createApp = (dependencies: Dependencies & ProfileDependencies) => ({
  register: register(dependencies),
  logIn: logIn(dependencies),
  refreshSession: refreshSession(dependencies),
  logOut: logOut(dependencies),
  becomeSeller: becomeSeller(dependencies),
  openAccount: openAccount(dependencies),
  showUsers: showUsers(dependencies),
  signInProviders: dependencies.providers.list,
  providerName: dependencies.providers.nameOf,
  returnOrigins: dependencies.providers.returnOrigins,
  beginSignIn: beginSignIn(dependencies),
  completeSignIn: completeSignIn(dependencies),
  linkIdentity: linkIdentity(dependencies),
  unlinkIdentity: unlinkIdentity(dependencies),
  linkedIdentitiesOf: linkedIdentitiesOf(dependencies),
  findSellers: dependencies.directory.findSellers,
  ...createProfile(dependencies),
});

export type App = ReturnType<typeof createApp>;
