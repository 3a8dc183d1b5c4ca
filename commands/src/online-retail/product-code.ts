/** Five digits and at most two letters, or the shop's own `DCGS…` articles. */
const product = /^(\d{5}[A-Z]{0,2}|DCGS[0-9A-Z]+)$/;

/** Whether a stock code names goods; the others are postage, fees, vouchers, samples, discounts and manual entries. */
export const isProductCode = (code: string): boolean => product.test(code);
