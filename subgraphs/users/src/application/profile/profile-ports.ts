/** What the profile's use cases ask of the world. */
import type { Instant } from '@emporium/domain';
import type { PictureStore } from '@emporium/pictures/uploads';
import type { Page } from '@emporium/subgraph';
import type { Address, AddressUse, Defaults, PostalAddress } from '../../domain/profile/address-book.ts';
import type { Preferences } from '../../domain/profile/preferences.ts';
import type { AvatarShaper, Avatars } from './avatar-ports.ts';

/** Repositories of one transaction. */
export type ProfilePorts = {
  readonly addresses: Addresses;
  readonly preferences: PreferencesOfUsers;
  readonly wishlist: Wishlist;
  readonly avatars: Avatars;
};

/** Each looks at one user's addresses alone: another's are unknown. */
export type Addresses = {
  defaults(userId: string): Promise<readonly Defaults[]>;
  add(userId: string, address: Address): Promise<void>;
  change(userId: string, id: string, to: PostalAddress): Promise<Address | null>;
  /** The address as it was. */
  remove(userId: string, id: string): Promise<Address | null>;
  /** Takes the place of the one that was the default. */
  makeDefault(userId: string, id: string, uses: readonly AddressUse[]): Promise<Address | null>;
  removeAll(userId: string): Promise<void>;
};

export type PreferencesOfUsers = {
  find(userId: string): Promise<Preferences | null>;
  put(userId: string, preferences: Preferences): Promise<void>;
  remove(userId: string): Promise<void>;
};

export type Wishlist = {
  count(userId: string): Promise<number>;
  has(userId: string, productId: string): Promise<boolean>;
  /** Does nothing when it is there. */
  add(userId: string, productId: string): Promise<void>;
  remove(userId: string, productId: string): Promise<void>;
  removeAll(userId: string): Promise<void>;
};

/** A product that somebody remembers; `position` rises with the time at which it was added. */
export type Wish = { readonly productId: string; readonly addedAt: Instant; readonly position: string };

/** Reads outside of transactions. Lists answer in the order of the ids. */
export type ProfileDirectory = {
  /** Oldest first. */
  findAddresses(userIds: readonly string[]): Promise<readonly (readonly Address[])[]>;
  findPreferences(userIds: readonly string[]): Promise<readonly (Preferences | null)[]>;
  /** The files of their avatars. */
  findAvatars(userIds: readonly string[]): Promise<readonly (string | null)[]>;
  /** Newest first, one more than the page's limit where there is one; the page starts after a position. */
  findWishes(userId: string, page: Page): Promise<readonly Wish[]>;
  /** Files whose time has come, a few at a time. */
  findDueFiles(): Promise<readonly string[]>;
};

/** What the profile is built on, beside the dependencies of every use case. */
export type ProfileDependencies = {
  readonly profiles: ProfileDirectory;
  readonly avatarStore: PictureStore;
  readonly shapeAvatar: AvatarShaper;
  /** Where the public finds what lies beneath `/avatars` of this service. */
  avatarUrl(path: string): string;
};
