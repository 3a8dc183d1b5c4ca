export { type Certified, certify } from './certificate.ts';
export { createPayPalSandbox, type PayPalSandbox } from './paypal-sandbox.ts';
