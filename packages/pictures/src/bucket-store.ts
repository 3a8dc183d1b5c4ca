import { largestUpload, type PictureStore, uploadKey, uploadSeconds } from './uploads.ts';

/** A bucket of S3, or of what speaks like it: then `endpoint` says where. */
export type Bucket = {
  readonly name: string;
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

/**
 * Pictures in a bucket that nobody else may read. The client uploads to it directly, by a form that the bucket itself checks:
 * one key, ten minutes, and no byte more than allowed. Amazon's client is loaded here alone: whoever keeps files in a folder
 * is spared a quarter of a second and 30 MB.
 */
export const openBucketStore = async ({
  name,
  region,
  endpoint,
  ...credentials
}: Bucket): Promise<PictureStore> => {
  const { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } = await import(
    '@aws-sdk/client-s3'
  );
  const { createPresignedPost } = await import('@aws-sdk/s3-presigned-post');
  const client = new S3Client({
    region,
    credentials,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    // Others that speak S3 do not know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 8_000 },
  });
  const at = (key: string) => ({ Bucket: name, Key: key });
  return {
    invite: async ({ id }) => {
      const { url, fields } = await createPresignedPost(client, {
        ...at(uploadKey(id)),
        Conditions: [['content-length-range', 1, largestUpload]],
        Expires: uploadSeconds,
      });
      return { url, fields: Object.entries(fields).map(([field, value]) => ({ name: field, value })) };
    },
    read: async (key, atMost) => {
      try {
        const { Body, ContentLength } = await client.send(new GetObjectCommand(at(key)));
        if (!Body || ContentLength === undefined || ContentLength > atMost) {
          await Body?.transformToWebStream().cancel();
          return 'TOO_LARGE';
        }
        return await Body.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return null;
        throw error;
      }
    },
    write: async (key, bytes) => {
      await client.send(new PutObjectCommand({ ...at(key), Body: bytes, ContentType: 'image/webp' }));
    },
    remove: async (key) => {
      await client.send(new DeleteObjectCommand(at(key)));
    },
  };
};
