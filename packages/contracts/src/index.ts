export { defineEvent, type EventDefinition, type PayloadOf, type WirePayloadOf } from './define-event.ts';
export { decodeEvent, envelope, type Received, type WireEnvelope } from './envelope.ts';
export * from './events/inventory.ts';
export * from './events/orders.ts';
export * from './events/payments.ts';
export * from './events/products.ts';
export * from './events/users.ts';
