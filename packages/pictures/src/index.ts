export type { Bucket } from './bucket-store.ts';
export { doomedFiles } from './doomed-files.ts';
export { openPictureStore } from './open-picture-store.ts';
export { createPictureShaper } from './shape-picture.ts';
export { uploadSecrets } from './upload-secrets.ts';
