/** What a client does to get a picture: the same, wherever pictures are kept. */
import { upload } from '@emporium/pictures/testing';
import type { UsersUnderTest } from '../users-under-test.ts';

export type Form = {
  readonly id: string;
  readonly url: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly maxBytes: number;
  readonly expiresAt: string;
};

type As = { readonly id?: string };

export const requesting =
  'mutation { requestAvatarUpload { id url fields { name value } maxBytes expiresAt } }';
export const confirming = `mutation ($id: ID!) { confirmAvatar(uploadId: $id) {
  __typename ... on User { id avatarUrl } ... on AvatarRefusal { code message } } }`;
export const removing = 'mutation { removeAvatar { id avatarUrl } }';

export const avatarSteps = (users: UsersUnderTest) => {
  const request = async (as: As): Promise<Form> =>
    (await users.ask(requesting, { as })).data.requestAvatarUpload;
  const confirm = async (as: As, id: string) =>
    (await users.ask(confirming, { as, variables: { id } })).data.confirmAvatar;
  return {
    request,
    confirm,
    avatarOf: async (as: As): Promise<string | null> =>
      (await users.ask('{ me { avatarUrl } }', { as })).data.me.avatarUrl,
    /** All three steps. */
    wear: async (as: As, bytes: Uint8Array): Promise<string> => {
      const form = await request(as);
      await upload(form, bytes);
      return (await confirm(as, form.id)).avatarUrl;
    },
  };
};
