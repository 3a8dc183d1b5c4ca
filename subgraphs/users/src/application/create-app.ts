import { createAccounts } from './accounts/create-accounts.ts';
import { logIn } from './log-in.ts';
import { logOut } from './log-out.ts';
import type { Dependencies } from './ports.ts';
import { createProfile } from './profile/create-profile.ts';
import type { ProfileDependencies } from './profile/profile-ports.ts';
import { refreshSession } from './refresh-session.ts';
import { openAccount, register } from './register.ts';
import { confirmTotp } from './second-factor/confirm-totp.ts';
import { disableTotp } from './second-factor/disable-totp.ts';
import { enrolTotp } from './second-factor/enrol-totp.ts';
import { proveIdentity } from './second-factor/prove-identity.ts';
import { regenerateRecoveryCodes } from './second-factor/regenerate-recovery-codes.ts';
import { removeSecondFactor } from './second-factor/remove-second-factor.ts';
import { showSecondFactor } from './second-factor/show-second-factor.ts';
import { becomeSeller } from './sellers/become-seller.ts';
import { overseeSeller } from './sellers/oversee-sellers.ts';
import { listSessions } from './sessions/list-sessions.ts';
import { logOutEverywhere } from './sessions/log-out-everywhere.ts';
import { revokeSession } from './sessions/revoke-session.ts';
import { findUserByEmail, showUsers } from './show-user.ts';
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
  logOutEverywhere: logOutEverywhere(dependencies),
  revokeSession: revokeSession(dependencies),
  listSessions: listSessions(dependencies),
  becomeSeller: becomeSeller(dependencies),
  openAccount: openAccount(dependencies),
  showUsers: showUsers(dependencies),
  findUserByEmail: findUserByEmail(dependencies),
  signInProviders: dependencies.providers.list,
  providerName: dependencies.providers.nameOf,
  returnOrigins: dependencies.providers.returnOrigins,
  beginSignIn: beginSignIn(dependencies),
  completeSignIn: completeSignIn(dependencies),
  linkIdentity: linkIdentity(dependencies),
  unlinkIdentity: unlinkIdentity(dependencies),
  linkedIdentitiesOf: linkedIdentitiesOf(dependencies),
  overseeSeller: overseeSeller(dependencies),
  findSellers: dependencies.directory.findSellers,
  listSecurityEvents: dependencies.directory.listSecurityEvents,
  ...createAccounts(dependencies),
  enrolTotp: enrolTotp(dependencies),
  confirmTotp: confirmTotp(dependencies),
  disableTotp: disableTotp(dependencies),
  regenerateRecoveryCodes: regenerateRecoveryCodes(dependencies),
  removeSecondFactor: removeSecondFactor(dependencies),
  proveIdentity: proveIdentity(dependencies),
  showSecondFactor: showSecondFactor(dependencies),
  /** The database's time. */
  now: () => dependencies.transact(({ now }) => now()),
  ...createProfile(dependencies),
  listSellers: dependencies.directory.listSellers,
});

export type App = ReturnType<typeof createApp>;
