export const highestWishes = 500;

/** Whether one more product may be remembered: one that is there already always may. */
export const mayWish = (list: { readonly length: number; readonly has: boolean }): boolean =>
  list.has || list.length < highestWishes;
