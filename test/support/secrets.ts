import { createHash } from 'node:crypto';
import { SecretBox } from '../../src/platform/secrets/secret-box.js';

/** The key of every installation of the tests. */
export const SECRET_KEY = createHash('sha256').update('the key of the tests').digest('hex');

/** What opens what such an installation has sealed. */
export const secretBox = new SecretBox([Buffer.from(SECRET_KEY, 'hex')]);
