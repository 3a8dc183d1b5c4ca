import { rateLimited } from '@emporium/subgraph';
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../context.ts';
import { readEmail, readNewPassword, readToken } from '../read-input.ts';
import { ResetPasswordInput } from './account.inputs.ts';
import { AccountResult } from './account-result.type.ts';
import { showOthers, showOwn } from './show-account.ts';

const tokenArgument = { description: 'The token of the mail: good once.' };

/** What mailed links are for, whoever is signed in; and what administrators do. */
@Resolver()
export class AccountResolver {
  @Mutation(() => AccountResult, {
    description:
      'Shows, by the token that was mailed there, that the e-mail address of an account is its owner’s.',
  })
  async verifyEmail(
    @Arg('token', () => String, tokenArgument) token: string,
    @Ctx() { app, origin }: Context,
  ): Promise<typeof AccountResult> {
    return showOwn(await app.verifyEmail(readToken(token, 'token'), origin));
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
    description: 'Sets a new password by a mailed token, and ends all sessions: log in with it.',
  })
  async resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: 'Token and password.' })
    input: ResetPasswordInput,
    @Ctx() { app, origin }: Context,
  ): Promise<typeof AccountResult> {
    const token = readToken(input.token, 'input.token');
    const password = readNewPassword(input.newPassword, 'input.newPassword');
    return showOwn(await app.resetPassword(token, password, origin));
  }

  @Mutation(() => AccountResult, {
    description: 'Makes the address that the token was mailed to the address of the account.',
  })
  async confirmEmailChange(
    @Arg('token', () => String, tokenArgument) token: string,
    @Ctx() { app, origin }: Context,
  ): Promise<typeof AccountResult> {
    return showOwn(await app.confirmEmailChange(readToken(token, 'token'), origin));
  }

  @Mutation(() => AccountResult, {
    description:
      'Gives a deactivated account back to its owner, by the token that is mailed to who logs in to it. Log in again after.',
  })
  async reactivateAccount(
    @Arg('token', () => String, tokenArgument) token: string,
    @Ctx() { app, origin }: Context,
  ): Promise<typeof AccountResult> {
    return showOwn(await app.reactivateAccount(readToken(token, 'token'), origin));
  }

  @Mutation(() => AccountResult, {
    description: 'For administrators: gives a deactivated account back to its owner.',
  })
  async restoreAccount(
    @Arg('userId', () => ID, { description: 'Whose account.' }) userId: string,
    @Ctx() { app }: Context,
  ): Promise<typeof AccountResult> {
    return showOthers(await app.restoreAccount(userId));
  }
}
