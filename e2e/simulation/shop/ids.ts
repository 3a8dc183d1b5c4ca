/** What the people and things of the simulated world are called, by their numbers in a story. */
import { asId } from '@emporium/domain';
import { sellers, variants } from '../story/story.ts';

export const currency = 'GBP';
export const foreignCurrency = 'EUR';
export const currencyOf = (variant: number) => (variant < variants ? currency : foreignCurrency);

export const sellerId = (number: number) => asId<'User'>(`seller-${number}`);
export const buyerId = (number: number) => asId<'User'>(`buyer-${number}`);
export const variantId = (number: number) => asId<'Variant'>(`variant-${number}`);
/** Each seller has one product, of every so-manieth variant. */
export const sellerOf = (variant: number) => sellerId(variant % sellers);
