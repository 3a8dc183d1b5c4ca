/** For the tests of whoever has pictures. */
export { startBucket } from './bucket-under-test.ts';
export { picture, upload } from './send-picture.ts';
