import type { Email } from '../../domain/email.ts';
import type { Origin } from '../origin.ts';
import type { Dependencies } from '../ports.ts';
import type { AuthRefusalCode } from '../start-session.ts';

/**
 * Writes a failed login down, and tells when there are so many that somebody attacks. One that was refused before anything
 * was compared only counts: whoever floods us is not to fill the table.
 */
export const noteFailedLogin =
  ({ transact, directory, loginWatch }: Pick<Dependencies, 'transact' | 'directory' | 'loginWatch'>) =>
  /** `refusal` is what the client was told; null where nothing was compared. */
  async (email: Email, origin: Origin, refusal: AuthRefusalCode | null): Promise<void> => {
    const alerts = await loginWatch.note({ email, address: origin.address });
    if (refusal === null && alerts.length === 0) return;
    const userId = (await directory.findCredentials(email))?.user.id ?? null;
    await transact(async ({ securityEvents, securityAlerts, now }) => {
      if (refusal !== null)
        await securityEvents.record({ kind: 'LOGIN_FAILED', userId, origin, detail: { refusal } });
      for (const alert of alerts) {
        const meant = alert.kind === 'FAILED_LOGINS' ? userId : null;
        if (alert.kind === 'FAILED_LOGINS' && meant === null) continue; // nobody's account
        const { count, window } = alert;
        await securityEvents.record({ kind: alert.kind, userId: meant, origin, detail: { count, window } });
        await securityAlerts.raise({ ...alert, userId: meant }, await now());
      }
    });
  };
