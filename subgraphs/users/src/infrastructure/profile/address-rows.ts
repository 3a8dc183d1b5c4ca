import type { Seal } from '@emporium/encryption';
import { placeIn } from '@emporium/encryption';
import type { Address, PostalAddress } from '../../domain/profile/address-book.ts';
import { sealedAddresses } from '../encryption/sealed-tables.ts';

const postalColumns = {
  name: true,
  line1: true,
  line2: true,
  city: true,
  region: true,
  postalCode: true,
  country: true,
  phone: true,
} as const satisfies Record<keyof PostalAddress, true>;

/** The columns that make an address: whose it is stays out. */
export const addressColumns = {
  id: true,
  sealed: true,
  ...postalColumns,
  isDefaultShipping: true,
  isDefaultBilling: true,
} as const satisfies Record<keyof Address | 'sealed', true>;

type Nullable<Type> = { readonly [Name in keyof Type]: Type[Name] | null };

type AddressRow = Nullable<PostalAddress> &
  Omit<Address, keyof PostalAddress> & { readonly sealed: string | null };

/** The columns of what an address says, sealed for its row; those of rows from before are emptied. */
export const sealAddress = ({ seal }: Seal, id: string, address: PostalAddress) => {
  const { name, line1, line2, city, region, postalCode, country, phone } = address;
  const text = JSON.stringify({ name, line1, line2, city, region, postalCode, country, phone });
  return {
    sealed: seal(text, placeIn(sealedAddresses, id)),
    name: null,
    line1: null,
    line2: null,
    city: null,
    region: null,
    postalCode: null,
    country: null,
    phone: null,
  } satisfies Record<keyof PostalAddress, null> & { sealed: string };
};

const openText = ({ open }: Seal, id: string, sealed: string): PostalAddress =>
  JSON.parse(open(sealed, placeIn(sealedAddresses, id)));

/** An address as it was put; rows from before are as they are, which a constraint holds to be whole. */
export const openAddress = (seal: Seal, { sealed, ...row }: AddressRow): Address =>
  sealed === null ? (row as Address) : { ...row, ...openText(seal, row.id, sealed) };

/** A whole row as JSON, by its columns' names, as its owner is shown it. */
export const showHeldAddress = (
  seal: Seal,
  { sealed, ...held }: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  if (typeof sealed !== 'string') return held;
  const { postalCode, ...address } = openText(seal, String(held.id), sealed);
  return { ...held, ...address, postal_code: postalCode };
};
