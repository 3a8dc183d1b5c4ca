/** What products knows of a seller: a copy of what users tells. */
import type { SellerId } from './product.ts';

export type Seller = {
  readonly id: SellerId;
  /** Null until users has told. */
  readonly displayName: string | null;
  /** A seller that we have not heard of yet counts as active: the gateway's token says that it is one. */
  readonly active: boolean;
  /** 0 until users has told. */
  readonly version: number;
};

/** What follows from news of a seller: nothing when it is old news. */
export type SellerNews = { readonly isNews: boolean; readonly variantsChange: boolean };

/** Only a higher version is news; whether the seller is active decides whether its variants are on sale. */
export const hearSeller = (known: Seller, heard: Seller): SellerNews => {
  const isNews = heard.version > known.version;
  return { isNews, variantsChange: isNews && heard.active !== known.active };
};
