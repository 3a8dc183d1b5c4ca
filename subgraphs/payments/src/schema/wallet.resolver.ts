import {
  afterArgument,
  badUserInput,
  firstArgument,
  type MoneyInput,
  readPage,
  requireRecentProof,
  requireSignedIn,
  toConnection,
} from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { Context } from './context.ts';
import { readCard } from './methods/read-card.ts';
import { readAmount } from './read-amount.ts';
import { readIdempotencyKey } from './read-text.ts';
import { PayoutAccountInput, TopUpInput, WithdrawInput } from './wallet.input.ts';
import { Wallet } from './wallet.type.ts';
import { showEntry, WalletEntryConnection } from './wallet-entry.type.ts';
import { showOutcome, WalletResult } from './wallet-result.type.ts';

/** Translates GraphQL to use cases and back. Knows no rule, no table, no card provider. */
@Resolver(() => Wallet)
export class WalletResolver {
  @FieldResolver(() => WalletEntryConnection, { description: 'What came in and went out, newest first.' })
  async entries(
    @Root() { view }: Wallet,
    @Arg('first', () => Int, firstArgument) first: number | null,
    @Arg('after', () => String, afterArgument) after: string | null | undefined,
    @Ctx() { app, viewer }: Context,
  ): Promise<WalletEntryConnection> {
    const page = readPage(first, after, 1);
    const before = page.after ? readPosition(page.after[0]) : null;
    const entries = await app.findWalletEntries(view, { limit: page.limit + 1, before }, viewer);
    return toConnection(entries, page, ({ position }) => [position.toString()], showEntry);
  }

  @Mutation(() => WalletResult, {
    description:
      'Pays money in from a card. Where the card’s bank asks its owner for something first, the wallet that is answered has it among `pendingTopUps`, with a `nextAction`. The same input again, later, says whether it was declined.',
  })
  async topUpWallet(
    @Arg('input', () => TopUpInput, { description: 'How much, and with which card.' }) input: TopUpInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<typeof WalletResult> {
    const { id: userId } = requireSignedIn(viewer);
    return showOutcome(await app.topUpWallet({ userId, ...readCard(input), ...readWish(input) }));
  }

  @Mutation(() => WalletResult, {
    description:
      'Pays money out of a wallet. It needs a proof of the last 10 minutes, with a one-time code where the account has them: without it, an error STEP_UP_REQUIRED, whose answer is `proveIdentity`.',
  })
  async withdraw(
    @Arg('input', () => WithdrawInput, { description: 'How much.' }) input: WithdrawInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<typeof WalletResult> {
    const wish = readWish(input);
    const { id: userId } = requireRecentProof(viewer, await app.now());
    return showOutcome(await app.withdraw({ userId, ...wish }));
  }

  @Mutation(() => Boolean, {
    description:
      'Says where what you take out goes from now on, for currencies that Stripe pays out; true when it is kept. It needs a proof of the last 10 minutes, like `withdraw`.',
  })
  async setPayoutAccount(
    @Arg('input', () => PayoutAccountInput, { description: 'Where.' }) { account }: PayoutAccountInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<boolean> {
    const isAccount = /^acct_[A-Za-z0-9]{1,64}$/.test(account);
    if (!isAccount)
      throw badUserInput('`account` must be `acct_` and letters and digits.', 'input.account');
    const { id } = requireRecentProof(viewer, await app.now());
    await app.setPayoutAccount(id, account);
    return true;
  }
}

const readWish = (input: { amount: MoneyInput; idempotencyKey: string }) => ({
  amount: readAmount(input.amount, 'input.amount'),
  idempotencyKey: readIdempotencyKey(input.idempotencyKey),
});

const readPosition = (text: string | undefined): bigint => {
  if (!/^\d{1,18}$/.test(text ?? ''))
    throw badUserInput('`after` must be an `endCursor` of this list.', 'after');
  return BigInt(text ?? '');
};
