import type { Address } from '../../domain/profile/address-book.ts';

/** The columns that make an address: whose it is stays out. */
export const addressColumns = {
  id: true,
  name: true,
  line1: true,
  line2: true,
  city: true,
  region: true,
  postalCode: true,
  country: true,
  phone: true,
  isDefaultShipping: true,
  isDefaultBilling: true,
} as const satisfies Record<keyof Address, true>;
