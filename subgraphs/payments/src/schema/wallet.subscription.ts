import { asId } from '@emporium/domain';
import { badUserInput, requireSignedIn, showMoney } from '@emporium/subgraph';
import { Arg, Ctx, Directive, Resolver, Root, Subscription } from 'type-graphql';
import type { WalletNews, WalletPlace } from '../application/follow-wallet.ts';
import type { Context } from './context.ts';
import { showWallet } from './wallet.type.ts';
import { WalletChange } from './wallet-change.type.ts';
import { showEntry } from './wallet-entry.type.ts';
import { walletMessage } from './wallet-message.ts';

type Arguments = { afterSequence?: string | null };

const follow = ({ afterSequence }: Arguments, { app, viewer }: Context) => {
  const { id } = requireSignedIn(viewer);
  return app.followWallet(asId(id), afterSequence == null ? null : readPlace(afterSequence));
};

const readPlace = (sequence: string): WalletPlace => {
  const [, transaction, position] = /^(\d{1,18})-(\d{1,18})$/.exec(sequence) ?? [];
  if (transaction === undefined || position === undefined) {
    throw badUserInput('`afterSequence` must be a `sequence` that you received.', 'afterSequence');
  }
  return { transaction: BigInt(transaction), position: BigInt(position) };
};

@Resolver(() => WalletChange)
export class WalletSubscription {
  @Directive('@resumable(argument: "afterSequence", from: "sequence")')
  @Subscription(() => WalletChange, {
    description:
      'What comes into your wallets and goes out: everything after `afterSequence`, or from now on, none missed, none twice, in order. Without `afterSequence` the first event is no news: it says where your wallets stand.',
    subscribe: ({ args, context }) => follow(args as Arguments, context as Context) as never,
  })
  async walletChanged(
    @Root() { place, entry }: WalletNews,
    @Arg('afterSequence', () => String, {
      nullable: true,
      description: 'The `sequence` of the last change that you have seen.',
    })
    _afterSequence: string | null | undefined,
    @Ctx() { loaders, viewer }: Context,
  ): Promise<WalletChange> {
    const { id } = requireSignedIn(viewer);
    const wallets = (await loaders.walletsByUser.load(id)) ?? [];
    const wallet = entry
      ? wallets.find(({ balance }) => balance.currency === entry.amount.currency)
      : wallets[0];
    return {
      sequence: `${place.transaction}-${place.position}`,
      kind: entry?.kind ?? null,
      amount: entry && showMoney(entry.amount),
      at: entry?.at ?? null,
      order: entry?.orderId == null ? null : { id: entry.orderId },
      message: entry && walletMessage(entry),
      entry: entry && showEntry(entry),
      wallet: wallet ? showWallet(wallet) : null,
    };
  }
}
