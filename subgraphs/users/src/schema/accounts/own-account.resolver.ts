import { requireRecentProof, requireSignedIn, type SignedInViewer, type Viewer } from '@emporium/subgraph';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { App } from '../../application/create-app.ts';
import type { Context } from '../context.ts';
import { readName, readNewEmail, readNewPassword, readPasswordAttempt } from '../read-input.ts';
import { ChangeEmailInput, ChangePasswordInput } from './account.inputs.ts';
import { type AccountRefusal, AccountResult, DataExport } from './account-result.type.ts';
import { showAccount, throwUnlessRefused } from './show-account.ts';

const passwordArgument = {
  description: 'The account’s password. Who has none sets one with `requestPasswordReset`.',
};

/** The password is in the request; a one-time code, where the account has them, must have been shown of late. */
const requireFactor = async (viewer: Viewer, app: App): Promise<SignedInViewer> =>
  viewer.session?.hasSecondFactor ? requireRecentProof(viewer, await app.now()) : requireSignedIn(viewer);

const needsProof = 'It needs a proof of the last 10 minutes, else it is an error STEP_UP_REQUIRED.';
const needsFactor =
  'Where one-time codes are on, it needs one of the last 10 minutes, else it is an error STEP_UP_REQUIRED.';

/** What the viewer does with their own account. */
@Resolver()
export class OwnAccountResolver {
  @Mutation(() => AccountResult, { description: 'Mails the link to verify the e-mail address again.' })
  async requestEmailVerification(@Ctx() { app, viewer, origin }: Context): Promise<typeof AccountResult> {
    return showAccount(await app.requestEmailVerification(requireSignedIn(viewer).id, origin));
  }

  @Mutation(() => AccountResult, { description: 'Changes what the viewer is called.' })
  async changeName(
    @Arg('name', () => String, { description: '1 to 100 characters, without links.' }) name: string,
    @Ctx() { app, viewer, origin }: Context,
  ): Promise<typeof AccountResult> {
    const { id } = requireSignedIn(viewer);
    return showAccount(await app.changeName(id, readName(name, 'name'), origin));
  }

  @Mutation(() => AccountResult, {
    description: `Changes the password and ends every other session. ${needsFactor}`,
  })
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'Both passwords.' }) input: ChangePasswordInput,
    @Ctx() { app, viewer, origin }: Context,
  ): Promise<typeof AccountResult> {
    const { id: userId, session } = await requireFactor(viewer, app);
    const current = readPasswordAttempt(input.currentPassword, 'input.currentPassword');
    const next = readNewPassword(input.newPassword, 'input.newPassword');
    return showAccount(
      await app.changePassword({ userId, sessionId: session?.id ?? null, current, next }, origin),
    );
  }

  @Mutation(() => AccountResult, {
    description: `Mails a link to a new e-mail address, good for 2 hours, and a notice to the present one. The address stays until the link is followed. ${needsFactor}`,
  })
  async changeEmail(
    @Arg('input', () => ChangeEmailInput, { description: 'Address and password.' }) input: ChangeEmailInput,
    @Ctx() { app, viewer, origin }: Context,
  ): Promise<typeof AccountResult> {
    const { id: userId } = await requireFactor(viewer, app);
    const email = readNewEmail(input.newEmail, 'input.newEmail');
    const password = readPasswordAttempt(input.password, 'input.password');
    return showAccount(await app.changeEmail({ userId, email, password }, origin));
  }

  @Mutation(() => AccountResult, {
    description: `Ends all sessions, and nobody can log in until its owner follows the link that is mailed when they try. Nothing is erased. ${needsProof}`,
  })
  async deactivateAccount(@Ctx() { app, viewer, origin, cookies }: Context): Promise<typeof AccountResult> {
    const { id } = requireRecentProof(viewer, await app.now());
    const outcome = await app.deactivateAccount(id, origin);
    if (outcome.type === 'done') cookies.clear();
    return showAccount(outcome);
  }

  @Mutation(() => AccountResult, {
    description: `Deletes the account for good: name, e-mail address and all else that tells who it was are erased, here and by orders and payments. Orders that have not been sent are called off; orders and books stay without a person. Withdraw what the wallet holds first, and cancel what was paid from it: nobody here knows the wallet or asks again, and what is in it or comes back to it later stays in the books and reaches nobody. ${needsFactor}`,
  })
  async deleteAccount(
    @Arg('password', () => String, passwordArgument) password: string,
    @Ctx() { app, viewer, origin, cookies }: Context,
  ): Promise<typeof AccountResult> {
    const { id } = await requireFactor(viewer, app);
    const outcome = await app.deleteAccount(id, readPasswordAttempt(password, 'password'), origin);
    if (outcome.type === 'done') cookies.clear();
    return showAccount(outcome);
  }

  @Mutation(() => DataExport, {
    description:
      'Everything that is held about the viewer in one document. Needs a proof of the last ten minutes, else is an error STEP_UP_REQUIRED; too often is an error RATE_LIMITED.',
  })
  async exportMyData(@Ctx() { app, viewer, origin }: Context): Promise<DataExport> {
    const { id } = requireRecentProof(viewer, await app.now());
    const outcome = await app.exportData(id, origin);
    if (outcome.type === 'exported')
      return { json: JSON.stringify(outcome.document, null, 2), at: outcome.at };
    const refusal: AccountRefusal = throwUnlessRefused(outcome);
    throw new Error(`an export was refused: ${refusal.code}`);
  }
}
