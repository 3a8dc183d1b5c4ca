/** A product's images: an invitation, the upload past GraphQL, a look at what was uploaded, and its place among the others. */
import { asId, type Instant, refuse } from '@emporium/domain';
import type { Transact } from '@emporium/messaging';
import { lookAtUpload, type UploadForm, type UploadRefusal } from '@emporium/pictures/uploads';
import type { EditRefusal } from '../domain/edit.ts';
import { imageFile, imageSizes, mostImages } from '../domain/images.ts';
import type { ProductId } from '../domain/product.ts';
import type { Actor } from './actor.ts';
import { type EditOutcome, editWithin } from './edit-product.ts';
import { type ImageDependencies, imageKey, type ShapedImage } from './image-ports.ts';
import type { Ports } from './ports.ts';

export type ImageInvitation = UploadForm & { readonly id: string; readonly expiresAt: Instant };
type Invited =
  | { readonly ok: true; readonly invitation: ImageInvitation }
  | { readonly ok: false; readonly refusal: EditRefusal };
type Added =
  | EditOutcome
  | { readonly ok: false; readonly refusal: Exclude<UploadRefusal, 'NOT_FOUND'> | 'UPLOAD_UNKNOWN' };

export const keepImages = (
  transact: Transact<Ports>,
  { store, shape, newId, secrets, imageUrl, dueFiles }: ImageDependencies,
) => {
  /** Between a transaction that dooms the files and one that spares them, so that none is forgotten. */
  const write = async (fileId: string, { files }: ShapedImage): Promise<void> => {
    await transact(({ images }) => images.announce(fileId));
    for (const size of imageSizes) await store.write(imageKey(imageFile(fileId, size)), files[size]);
  };

  return {
    imageUrl,

    requestProductImageUpload: async (product: string, by: Actor): Promise<Invited> => {
      const productId: ProductId = asId(product);
      const [id, token] = [newId(), secrets.create()];
      const invited = await transact(async (ports) => {
        const allowed = await editWithin(ports, { productId }, { type: 'InviteImage' }, by);
        if (!allowed.ok) return allowed;
        if ((await ports.images.countInvited(productId)) >= mostImages) return refuse('TOO_MANY_IMAGES');
        const upload = { id, fingerprint: secrets.fingerprint(token) };
        return { ok: true as const, expiresAt: await ports.images.invite(productId, upload) };
      });
      if (!invited.ok) return invited;
      const form = await store.invite({ id, token });
      return { ok: true, invitation: { ...form, id, expiresAt: invited.expiresAt } };
    },

    addProductImage: async (
      { productId: product, uploadId, alt }: { productId: string; uploadId: string; alt: string | null },
      by: Actor,
    ): Promise<Added> => {
      const productId: ProductId = asId(product);
      const allowed = await transact((ports) =>
        editWithin(ports, { productId }, { type: 'InviteImage' }, by),
      );
      if (!allowed.ok) return allowed;
      const picture = await lookAtUpload<ShapedImage>({
        id: uploadId,
        store,
        isInvited: () => transact(({ images }) => images.isInvited(productId, uploadId)),
        take: () => transact(({ images }) => images.take(productId, uploadId)),
        shape,
      });
      if (typeof picture === 'string') return refuse(picture === 'NOT_FOUND' ? 'UPLOAD_UNKNOWN' : picture);
      const fileId = secrets.create();
      await write(fileId, picture);
      const { width, height } = picture;
      const image = { id: asId<'Image'>(newId()), fileId, width, height, alt };
      return transact((ports) => editWithin(ports, { productId }, { type: 'AddImage', image }, by));
    },

    reorderProductImages: (
      productId: string,
      imageIds: readonly string[],
      by: Actor,
    ): Promise<EditOutcome> =>
      transact((ports) =>
        editWithin(ports, { productId: asId(productId) }, { type: 'ArrangeImages', imageIds }, by),
      ),

    describeProductImage: (
      { productId, imageId, alt }: { productId: string; imageId: string; alt: string | null },
      by: Actor,
    ): Promise<EditOutcome> =>
      transact((ports) =>
        editWithin(ports, { productId: asId(productId) }, { type: 'DescribeImage', imageId, alt }, by),
      ),

    removeProductImage: (productId: string, imageId: string, by: Actor): Promise<EditOutcome> =>
      transact((ports) =>
        editWithin(ports, { productId: asId(productId) }, { type: 'RemoveImage', imageId }, by),
      ),

    /** Removes the files whose time has come; a store that fails is asked again the next time. */
    removeDueFiles: async (): Promise<void> => {
      for (const key of await dueFiles()) {
        await store.remove(key);
        await transact(({ images }) => images.forget(key));
      }
    },
  };
};
