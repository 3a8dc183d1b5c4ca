/**
 * Changing a product that exists. Only its seller, unless suspended, and administrators may; to others it does not exist.
 */
import { accept, type Decision, equals, type Money, refuse } from '@emporium/domain';
import { detailsChange, kept, optionsChange } from './content-changes.ts';
import type { Specification } from './details.ts';
import { type Image, inOrder, mostImages } from './images.ts';
import { arrange, type OptionValue } from './options.ts';
import {
  type CategoryId,
  evolve,
  keepsCurrency,
  mayBecome,
  type Product,
  type ProductEvent,
  type ProductStatus,
  type VariantId,
} from './product.ts';
import { reviseVariant, type VariantRevision } from './revise-variant.ts';
import type { Seller } from './seller.ts';

export type Editor = { readonly id: string; readonly isAdmin: boolean };

/** A product is its seller's and administrators' to change. */
export const mayEdit = (by: Editor, { sellerId }: Pick<Product, 'sellerId'>): boolean =>
  by.isAdmin || by.id === sellerId;

/** What is undefined stays as it is. */
export type Revision = {
  readonly type: 'Revise';
  readonly title?: string | undefined;
  readonly description?: string | null | undefined;
  /** `unknown` is the id of a category that is not there. */
  readonly categoryId?: CategoryId | null | 'unknown' | undefined;
  readonly slug?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly specifications?: readonly Specification[] | undefined;
  readonly options?: readonly string[] | undefined;
  /** Of variants whose values are to be others. */
  readonly variantOptions?:
    | readonly { readonly variantId: VariantId; readonly options: readonly OptionValue[] }[]
    | undefined;
  /** Whether another product has the slug, or had it. */
  readonly isSlugTaken: boolean;
  /** The version that the editor saw. */
  readonly expectedVersion: number;
};

export type EditCommand =
  | {
      readonly type: 'Reprice';
      readonly variantId: VariantId;
      readonly price: Money;
      /** The version that the editor saw; undefined where they do not mind. */
      readonly expectedVersion?: number | undefined;
    }
  | VariantRevision
  | { readonly type: 'SetStatus'; readonly status: ProductStatus }
  | { readonly type: 'InviteImage' }
  | { readonly type: 'AddImage'; readonly image: Image }
  | { readonly type: 'ArrangeImages'; readonly imageIds: readonly string[] }
  | { readonly type: 'RemoveImage'; readonly imageId: string }
  | { readonly type: 'DescribeImage'; readonly imageId: string; readonly alt: string | null }
  | Revision;

export type EditRefusal =
  | 'NOT_FOUND'
  | 'SELLER_SUSPENDED'
  | 'CATEGORY_UNKNOWN'
  | 'SLUG_TAKEN'
  | 'OPTIONS_MISMATCH'
  | 'TOO_MANY_IMAGES'
  | 'IMAGES_DIFFER'
  | 'IMAGE_UNKNOWN'
  | 'VERSION_CONFLICT'
  | 'ALREADY_PUBLISHED'
  | 'CURRENCIES_DIFFER'
  | 'LAST_VARIANT';
export type EditDecision = Decision<ProductEvent, EditRefusal>;

/** Doing what is already done is granted, and nothing happens. */
export const edit = (
  command: EditCommand,
  product: Product | null,
  seller: Pick<Seller, 'active'>,
  by: Editor,
): EditDecision => {
  if (product === null || !mayEdit(by, product)) return refuse('NOT_FOUND');
  if (!(by.isAdmin || seller.active)) return refuse('SELLER_SUSPENDED');
  switch (command.type) {
    case 'Reprice':
      return reprice(command, product);
    case 'ReviseVariant':
      return reviseVariant(command, product);
    case 'SetStatus':
      return setStatus(command.status, product);
    case 'Revise':
      return revise(command, product);
    case 'InviteImage':
      return product.images.length < mostImages ? accept() : refuse('TOO_MANY_IMAGES');
    case 'AddImage':
      return product.images.length < mostImages
        ? accept({ type: 'ImagesSet', images: [...product.images, command.image] })
        : refuse('TOO_MANY_IMAGES');
    case 'ArrangeImages':
      return arrangeImages(command.imageIds, product);
    case 'RemoveImage':
      return removeImage(command.imageId, product);
    case 'DescribeImage':
      return describeImage(command, product);
  }
};

const arrangeImages = (imageIds: readonly string[], { images }: Product): EditDecision => {
  const ordered = inOrder(images, imageIds);
  if (!ordered) return refuse('IMAGES_DIFFER');
  const isSame = ordered.every((image, index) => image === images[index]);
  return isSame ? accept() : accept({ type: 'ImagesSet', images: ordered });
};

const removeImage = (imageId: string, product: Product): EditDecision => {
  const images = product.images.filter(({ id }) => id !== imageId);
  return images.length < product.images.length
    ? accept({ type: 'ImagesSet', images })
    : refuse('IMAGE_UNKNOWN');
};

const describeImage = (
  { imageId, alt }: Extract<EditCommand, { type: 'DescribeImage' }>,
  { images }: Product,
): EditDecision => {
  const image = images.find(({ id }) => id === imageId);
  if (!image) return refuse('IMAGE_UNKNOWN');
  if (image.alt === alt) return accept();
  return accept({
    type: 'ImagesSet',
    images: images.map((each) => (each === image ? { ...each, alt } : each)),
  });
};

const reprice = (
  { variantId, price, expectedVersion }: Extract<EditCommand, { type: 'Reprice' }>,
  product: Product,
): EditDecision => {
  const variant = product.variants.find(({ id }) => id === variantId);
  if (!variant) return refuse('NOT_FOUND');
  if (expectedVersion !== undefined && expectedVersion !== product.version)
    return refuse('VERSION_CONFLICT');
  if (equals(variant.price, price)) return accept();
  const event: ProductEvent = { type: 'VariantRevised', variantId, title: variant.title, price };
  return keepsCurrency(product, evolve(product, event)) ? accept(event) : refuse('CURRENCIES_DIFFER');
};

const setStatus = (status: ProductStatus, product: Product): EditDecision => {
  if (status === product.status) return accept();
  return mayBecome(status, product)
    ? accept({ type: 'StatusChanged', status })
    : refuse('ALREADY_PUBLISHED');
};

const revise = (command: Revision, product: Product): EditDecision => {
  if (command.expectedVersion !== product.version) return refuse('VERSION_CONFLICT');
  if (command.categoryId === 'unknown') return refuse('CATEGORY_UNKNOWN');
  if (command.isSlugTaken) return refuse('SLUG_TAKEN');
  const { title = product.title, slug = product.slug } = command;
  const description = command.description === undefined ? product.description : command.description;
  const categoryId = command.categoryId === undefined ? product.categoryId : command.categoryId;
  const events: ProductEvent[] = [];
  if (title !== product.title || description !== product.description || categoryId !== product.categoryId)
    events.push({ type: 'Revised', title, description, categoryId });
  if (slug !== product.slug) events.push({ type: 'Renamed', slug });
  const options = optionsOf(command, product);
  if (options === 'NOT_FOUND' || options === 'OPTIONS_MISMATCH') return refuse(options);
  return accept(...events, ...detailsChange(product, command), ...options);
};

/** A variant that is not named keeps its values, as far as the options stay. */
const optionsOf = (
  command: Revision,
  product: Product,
): readonly ProductEvent[] | 'NOT_FOUND' | 'OPTIONS_MISMATCH' => {
  const { options = product.options, variantOptions = [] } = command;
  const given = new Map(variantOptions.map((each) => [each.variantId, each.options]));
  const known = new Set(product.variants.map(({ id }) => id));
  if (variantOptions.some(({ variantId }) => !known.has(variantId))) return 'NOT_FOUND';
  const arranged = arrange(
    options,
    product.variants.map(
      (variant) => given.get(variant.id) ?? kept(product.options, variant.options, options),
    ),
    (index) => product.variants[index]?.active === false,
  );
  return arranged.ok ? optionsChange(product, options, arranged.values) : 'OPTIONS_MISMATCH';
};
