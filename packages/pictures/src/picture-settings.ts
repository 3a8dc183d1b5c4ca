import { ConfigError } from '@emporium/subgraph';
import { z } from 'zod';
import type { Bucket } from './bucket-store.ts';

const orNone = <Value extends z.ZodType>(value: Value) =>
  z.preprocess((text) => (text === '' ? undefined : text), value.optional());

/** Which bucket keeps pictures, as the environment says; without `S3_BUCKET`, a folder does. */
export const bucketVariables = {
  S3_BUCKET: orNone(z.string()),
  S3_REGION: z.string().min(1).default('us-east-1'),
  /** For what speaks S3 and is not Amazon's. */
  S3_ENDPOINT: orNone(z.url()),
  S3_ACCESS_KEY_ID: orNone(z.string()),
  S3_SECRET_ACCESS_KEY: orNone(z.string()),
};

type BucketSettings = {
  readonly S3_BUCKET?: string | undefined;
  readonly S3_REGION: string;
  readonly S3_ENDPOINT?: string | undefined;
  readonly S3_ACCESS_KEY_ID?: string | undefined;
  readonly S3_SECRET_ACCESS_KEY?: string | undefined;
};

/** The bucket for pictures, when there is one: null keeps them in a folder. */
export const readBucket = ({
  S3_BUCKET: name,
  S3_REGION: region,
  S3_ENDPOINT: endpoint,
  S3_ACCESS_KEY_ID: accessKeyId,
  S3_SECRET_ACCESS_KEY: secretAccessKey,
}: BucketSettings): Bucket | null => {
  if (name === undefined) return null;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new ConfigError('S3_BUCKET needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY beside it.');
  }
  return { name, region, endpoint, accessKeyId, secretAccessKey };
};
