import { DateTimeScalar, FormField, Refusal, resolveType } from '@emporium/subgraph';
import { createUnionType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { UserType } from '../user.type.ts';

@ObjectType({
  description:
    'Where to send a picture: POST a `multipart/form-data` with every one of `fields`, and last the picture as `file`. Any status 2xx is a success. Then call `confirmAvatar`.',
})
export class AvatarUpload {
  @Field(() => ID, { description: 'What to confirm.' })
  id!: string;

  @Field(() => String, {
    description: 'Where the form goes; it admits one upload and needs no other proof.',
  })
  url!: string;

  @Field(() => [FormField], { description: 'What the form must hold beside the picture; perhaps nothing.' })
  fields!: readonly FormField[];

  @Field(() => Int, { description: 'How many bytes the picture may have.' })
  maxBytes!: number;

  @Field(() => DateTimeScalar, { description: 'Until when it may be sent and confirmed.' })
  expiresAt!: string;
}

export enum AvatarRefusalCode {
  NOT_FOUND = 'NOT_FOUND',
  NOT_UPLOADED = 'NOT_UPLOADED',
  TOO_LARGE = 'TOO_LARGE',
  UNSUPPORTED_IMAGE = 'UNSUPPORTED_IMAGE',
}

registerEnumType(AvatarRefusalCode, {
  name: 'AvatarRefusalCode',
  description: 'Why a picture was not taken.',
  valuesConfig: {
    NOT_FOUND: { description: 'There is no such upload, it is not yours, or it is too late.' },
    NOT_UPLOADED: {
      description: 'Nothing has arrived, or it was refused where it was sent: send the picture first.',
    },
    TOO_LARGE: { description: 'It has more than 5 MiB or more than 50 megapixels.' },
    UNSUPPORTED_IMAGE: { description: 'It is no JPEG, PNG or WebP, it moves, or it is broken.' },
  },
});

@ObjectType({ implements: Refusal, description: 'Why a picture was not taken.' })
export class AvatarRefusal extends Refusal {
  readonly __typename = 'AvatarRefusal';

  @Field(() => AvatarRefusalCode, { description: 'What to act on.' })
  code!: AvatarRefusalCode;
}

export const AvatarResult = createUnionType({
  name: 'AvatarResult',
  description: 'You, with the new picture, or why there is none.',
  types: () => [UserType, AvatarRefusal] as const,
  resolveType,
});
