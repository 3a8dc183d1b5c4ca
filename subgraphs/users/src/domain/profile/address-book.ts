/** Somebody's saved addresses: what may be added, and which of them is used unless another is chosen. */

export const highestAddresses = 50;

/** Where to send something, as it is written on the parcel or the bill. */
export type PostalAddress = {
  readonly name: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string | null;
  readonly country: string;
  readonly phone: string | null;
};

/** What an address is used for unless another is chosen. */
export type AddressUse = 'SHIPPING' | 'BILLING';

export type Defaults = { readonly isDefaultShipping: boolean; readonly isDefaultBilling: boolean };

export type Address = PostalAddress & Defaults & { readonly id: string };

export type AddressRefusal = 'NOT_FOUND' | 'TOO_MANY_ADDRESSES';

/**
 * The new address, for every use that has no default yet: the first is the default for all. Once a default is removed
 * none takes its place by itself: a parcel should not go where nobody chose to send it.
 */
export const addToBook = (
  book: readonly Defaults[],
  address: PostalAddress & { readonly id: string },
): Address | 'TOO_MANY_ADDRESSES' => {
  if (book.length >= highestAddresses) return 'TOO_MANY_ADDRESSES';
  return {
    ...address,
    isDefaultShipping: !book.some(({ isDefaultShipping }) => isDefaultShipping),
    isDefaultBilling: !book.some(({ isDefaultBilling }) => isDefaultBilling),
  };
};
