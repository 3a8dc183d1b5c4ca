import { rateLimited, requireRecentProof, type Viewer } from '@emporium/subgraph';
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { Follower } from '../../application/accounts/require-holder.ts';
import type { Context } from '../context.ts';
import { readEmail, readNewPassword, readPasswordAttempt, readToken } from '../read-input.ts';
import { readOptionalCode } from '../second-factor/read-code.ts';
import { ResetPasswordInput } from './account.inputs.ts';
import { AccountResult } from './account-result.type.ts';
import { showAccount, showToMailbox } from './show-account.ts';

const tokenArgument = { description: 'The token of the mail: good once.' };
const holdersPassword = {
  nullable: true,
  description: 'The password of the account: for whoever is not signed in to it.',
};
const holdersCode = {
  nullable: true,
  description: 'A one-time or a recovery code, beside the password: where the account has them.',
};

/** Whoever follows a link, with what they may have sent along. */
const followerOf = (
  { id, session }: Viewer,
  password: string | null | undefined,
  totp: string | null | undefined = null,
): Follower => ({
  userId: id,
  sessionId: session?.id ?? null,
  password: (password ?? null) === null ? null : readPasswordAttempt(password as string, 'password'),
  code: readOptionalCode(totp, 'totp'),
});

const needsHolder =
  'For whoever is signed in to the account, or sends its password along; to others it is refused, SIGN_IN_REQUIRED, and the token stays good.';

/** What mailed links are for, whoever is signed in; and what administrators do. */
@Resolver()
export class AccountResolver {
  @Mutation(() => AccountResult, {
    description: `Shows, by the token that was mailed there, that the e-mail address of an account is its owner’s. ${needsHolder}`,
  })
  async verifyEmail(
    @Arg('token', () => String, tokenArgument) token: string,
    @Arg('password', () => String, holdersPassword) password: string | null,
    @Ctx() { app, viewer, origin }: Context,
  ): Promise<typeof AccountResult> {
    const follower = followerOf(viewer, password);
    return showToMailbox(await app.verifyEmail(readToken(token, 'token'), follower, origin));
  }

  @Mutation(() => Boolean, {
    description:
      'Mails a link to choose a new password, good for 30 minutes. True whether or not the address has an account: only its mail tells. Too often is an error RATE_LIMITED with `retryAfter` in seconds.',
  })
  async requestPasswordReset(
    @Arg('email', () => String, { description: 'As registered; capitals do not matter.' }) email: string,
    @Ctx() { app, origin }: Context,
  ): Promise<boolean> {
    const wait = await app.requestPasswordReset(readEmail(email, 'email'), origin);
    if (wait) throw rateLimited(wait.retryAfter);
    return true;
  }

  @Mutation(() => AccountResult, {
    description:
      'Sets a new password by a mailed token, and ends all sessions: log in with it. Where the e-mail address was not verified it is by this, and all that had been set before (name, profile, other ways to sign in) is removed: a stranger may have opened the account.',
  })
  async resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: 'Token and password.' })
    input: ResetPasswordInput,
    @Ctx() { app, origin }: Context,
  ): Promise<typeof AccountResult> {
    const token = readToken(input.token, 'input.token');
    const password = readNewPassword(input.newPassword, 'input.newPassword');
    return showToMailbox(await app.resetPassword(token, password, origin));
  }

  @Mutation(() => AccountResult, {
    description: `Makes the address that the token was mailed to the address of the account, and ends its other sessions. ${needsHolder} Where one-time codes are on, the session must have shown one, or one goes with the password.`,
  })
  async confirmEmailChange(
    @Arg('token', () => String, tokenArgument) token: string,
    @Arg('password', () => String, holdersPassword) password: string | null,
    @Arg('totp', () => String, holdersCode) totp: string | null,
    @Ctx() { app, viewer, origin }: Context,
  ): Promise<typeof AccountResult> {
    const follower = followerOf(viewer, password, totp);
    return showToMailbox(await app.confirmEmailChange(readToken(token, 'token'), follower, origin));
  }

  @Mutation(() => AccountResult, {
    description:
      'Gives a deactivated account back to its owner, by the token that is mailed to who logs in to it. Log in again after.',
  })
  async reactivateAccount(
    @Arg('token', () => String, tokenArgument) token: string,
    @Ctx() { app, origin }: Context,
  ): Promise<typeof AccountResult> {
    return showToMailbox(await app.reactivateAccount(readToken(token, 'token'), origin));
  }

  @Mutation(() => AccountResult, {
    description:
      'For administrators: gives a deactivated account back to its owner, who is told by mail. It needs a proof of the last 10 minutes, else it is an error STEP_UP_REQUIRED.',
  })
  async restoreAccount(
    @Arg('userId', () => ID, { description: 'Whose account.' }) userId: string,
    @Ctx() { app, viewer }: Context,
  ): Promise<typeof AccountResult> {
    const { id: by } = requireRecentProof(viewer, await app.now());
    return showAccount(await app.restoreAccount(userId, by));
  }
}
