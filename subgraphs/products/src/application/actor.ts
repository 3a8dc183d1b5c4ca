import type { Editor } from '../domain/edit.ts';

/** Somebody who is signed in, as the gateway's token says. */
export type Actor = {
  readonly id: string;
  readonly roles: readonly string[];
};

export const isSeller = ({ roles }: Actor): boolean => roles.includes('SELLER');

export const asEditor = ({ id, roles }: Actor): Editor => ({ id, isAdmin: roles.includes('ADMIN') });
