import { badUserInput, requireSignedIn } from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { Address, AddressRefusal as Code } from '../../domain/profile/address-book.ts';
import type { Context } from '../context.ts';
import { UserType } from '../user.type.ts';
import { AddressUse, SavedAddressInput } from './address.inputs.ts';
import { AddressRefusalCode, AddressResult, AddressType } from './address.type.ts';
import { readAddress } from './read-address.ts';
import { requireAccount } from './require-account.ts';

const messages: Record<Code, string> = {
  NOT_FOUND: 'There is no such address, or it is not yours.',
  TOO_MANY_ADDRESSES: 'You have 50 addresses, and no more fit. Remove one first.',
};

const show = (outcome: Address | Code | null): typeof AddressResult => {
  const address = requireAccount(outcome);
  return typeof address === 'string'
    ? { __typename: 'AddressRefusal', code: AddressRefusalCode[address], message: messages[address] }
    : { __typename: 'Address', ...address };
};

const idArgument = { description: 'One of your own addresses.' };

/** The viewer's address book. */
@Resolver(() => UserType)
export class AddressResolver {
  @FieldResolver(() => [AddressType], {
    nullable: true,
    description: 'Oldest first, 50 at most: for themself and administrators, else null.',
  })
  addresses(@Root() { id }: UserType, @Ctx() { loaders }: Context): Promise<readonly Address[]> {
    return loaders.addresses.load(id);
  }

  @Mutation(() => AddressResult, {
    description: 'Saves an address; it becomes the default for every use that has none.',
  })
  async addAddress(
    @Arg('input', () => SavedAddressInput, { description: 'The address.' }) input: SavedAddressInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<typeof AddressResult> {
    const { id } = requireSignedIn(viewer);
    return show(await app.addAddress(id, readAddress(input, 'input')));
  }

  @Mutation(() => AddressResult, {
    description: 'Writes an address anew as a whole; what it is the default for stays.',
  })
  async updateAddress(
    @Arg('id', () => ID, idArgument) addressId: string,
    @Arg('input', () => SavedAddressInput, { description: 'The whole address.' }) input: SavedAddressInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<typeof AddressResult> {
    const { id } = requireSignedIn(viewer);
    return show(await app.changeAddress(id, addressId, readAddress(input, 'input')));
  }

  @Mutation(() => AddressResult, {
    description:
      'Forgets an address. Where it was the default, there is none until another is chosen or added.',
  })
  async removeAddress(
    @Arg('id', () => ID, idArgument) addressId: string,
    @Ctx() { app, viewer }: Context,
  ): Promise<typeof AddressResult> {
    const { id } = requireSignedIn(viewer);
    return show(await app.removeAddress(id, addressId));
  }

  @Mutation(() => AddressResult, {
    description: 'Makes an address the default, in the place of the one that was.',
  })
  async setDefaultAddress(
    @Arg('id', () => ID, idArgument) addressId: string,
    @Arg('uses', () => [AddressUse], { description: 'What for: one use or both.' }) uses: AddressUse[],
    @Ctx() { app, viewer }: Context,
  ): Promise<typeof AddressResult> {
    const { id } = requireSignedIn(viewer);
    if (uses.length === 0) throw badUserInput('Say what for: SHIPPING, BILLING or both.', 'uses');
    return show(await app.makeDefaultAddress(id, addressId, uses));
  }
}
