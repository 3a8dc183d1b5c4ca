import { type UploadRefusal as Code, largestUpload } from '@emporium/pictures/uploads';
import { requireSignedIn } from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.ts';
import { UserType } from '../user.type.ts';
import { AvatarRefusalCode, AvatarResult, AvatarUpload } from './avatar.type.ts';
import { requireAccount } from './require-account.ts';
import { showViewer } from './show-viewer.ts';

const messages: Record<Code, string> = {
  NOT_FOUND:
    'There is no such upload of yours, or it is too late for it: call `requestAvatarUpload` again.',
  NOT_UPLOADED: 'Nothing has arrived yet: send the picture first, then confirm it.',
  TOO_LARGE: 'A picture has 5 MiB and 50 megapixels at most: make it smaller and begin again.',
  UNSUPPORTED_IMAGE: 'That is no JPEG, PNG or WebP that stands still: send another and begin again.',
};

/** The viewer's picture. */
@Resolver(() => UserType)
export class AvatarResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Where their picture is, WebP of 512 × 512 pixels; null when they have none.',
  })
  avatarUrl(@Root() { id }: UserType, @Ctx() { loaders }: Context): Promise<string | null> {
    return loaders.avatarUrls.load(id);
  }

  @Mutation(() => AvatarUpload, {
    description: 'Says where to send a new picture; takes the place of an invitation before.',
  })
  async requestAvatarUpload(@Ctx() { app, viewer }: Context): Promise<AvatarUpload> {
    const { id } = requireSignedIn(viewer);
    return { ...requireAccount(await app.requestAvatarUpload(id)), maxBytes: largestUpload };
  }

  @Mutation(() => AvatarResult, {
    description:
      'Looks at what was uploaded and shows it: JPEG, PNG or WebP, cropped to a square, nothing else of the file kept. Each upload is confirmed once, whatever comes of it.',
  })
  async confirmAvatar(
    @Arg('uploadId', () => ID, { description: 'From `requestAvatarUpload`.' }) uploadId: string,
    @Ctx() context: Context,
  ): Promise<typeof AvatarResult> {
    const { id } = requireSignedIn(context.viewer);
    const outcome = requireAccount(await context.app.confirmAvatar(id, uploadId));
    if (outcome === 'DONE') return showViewer(context);
    return { __typename: 'AvatarRefusal', code: AvatarRefusalCode[outcome], message: messages[outcome] };
  }

  @Mutation(() => UserType, { description: 'Shows you without a picture; its file is gone soon after.' })
  async removeAvatar(@Ctx() context: Context): Promise<UserType> {
    const { id } = requireSignedIn(context.viewer);
    requireAccount(await context.app.removeAvatar(id));
    return showViewer(context);
  }
}
