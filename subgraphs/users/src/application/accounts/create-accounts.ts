import type { Dependencies } from '../ports.ts';
import { changeEmail, confirmEmailChange } from './change-email.ts';
import { changeName } from './change-name.ts';
import { changePassword } from './change-password.ts';
import { deactivateAccount, reactivateAccount, restoreAccount } from './deactivate-account.ts';
import { deleteAccount } from './delete-account.ts';
import { exportData } from './export-data.ts';
import { requestPasswordReset, resetPassword } from './reset-password.ts';
import { requestEmailVerification, verifyEmail, vouchForEmail } from './verify-email.ts';

/** What people do with their accounts, beside signing in. */
export const createAccounts = (dependencies: Dependencies) => ({
  verifyEmail: verifyEmail(dependencies),
  requestEmailVerification: requestEmailVerification(dependencies),
  vouchForEmail: vouchForEmail(dependencies),
  requestPasswordReset: requestPasswordReset(dependencies),
  resetPassword: resetPassword(dependencies),
  changeName: changeName(dependencies),
  changePassword: changePassword(dependencies),
  changeEmail: changeEmail(dependencies),
  confirmEmailChange: confirmEmailChange(dependencies),
  deactivateAccount: deactivateAccount(dependencies),
  reactivateAccount: reactivateAccount(dependencies),
  restoreAccount: restoreAccount(dependencies),
  deleteAccount: deleteAccount(dependencies),
  exportData: exportData(dependencies),
});
