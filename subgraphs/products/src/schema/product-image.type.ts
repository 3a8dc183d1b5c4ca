import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum ProductImageSize {
  SMALL = 'SMALL',
  MEDIUM = 'MEDIUM',
  LARGE = 'LARGE',
}

registerEnumType(ProductImageSize, {
  name: 'ProductImageSize',
  description: 'How large a picture is; one that was smaller stays as it was.',
  valuesConfig: {
    SMALL: { description: 'At most 200 pixels at its longer edge, for lists.' },
    MEDIUM: { description: 'At most 600 pixels at its longer edge.' },
    LARGE: { description: 'At most 1600 pixels at its longer edge.' },
  },
});

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'A picture of a product, WebP. Its addresses never show anything else.' })
export class ProductImage {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => Int, { description: 'How wide it is in its LARGE size, in pixels.' })
  width!: number;

  @Field(() => Int, { description: 'How high it is in its LARGE size, in pixels.' })
  height!: number;

  @Field(() => String, { nullable: true, description: 'What it shows, in words, for who cannot see it.' })
  alt!: string | null;

  readonly fileId!: string;
}
