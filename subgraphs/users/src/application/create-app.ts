import { logIn } from './log-in.ts';
import { logOut } from './log-out.ts';
import type { Dependencies } from './ports.ts';
import { createProfile } from './profile/create-profile.ts';
import type { ProfileDependencies } from './profile/profile-ports.ts';
import { refreshSession } from './refresh-session.ts';
import { openAccount, register } from './register.ts';
import { becomeSeller } from './sellers/become-seller.ts';
import { overseeSeller } from './sellers/oversee-sellers.ts';
import { listSessions } from './sessions/list-sessions.ts';
import { logOutEverywhere } from './sessions/log-out-everywhere.ts';
import { revokeSession } from './sessions/revoke-session.ts';
import { showUsers } from './show-user.ts';

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
  overseeSeller: overseeSeller(dependencies),
  findSellers: dependencies.directory.findSellers,
  ...createProfile(dependencies),
  listSellers: dependencies.directory.listSellers,
});

export type App = ReturnType<typeof createApp>;
