export { type CardSandbox, type CardSandboxOptions, createCardSandbox } from './card-sandbox.ts';
