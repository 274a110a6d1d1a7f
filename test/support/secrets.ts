import { createHash } from 'node:crypto';
import { SecretBox } from '../../src/platform/secrets/secret-box.js';

/** The key of every test installation. */
export const SECRET_KEY = createHash('sha256').update('the key of the tests').digest('hex');

/** Opens what a test installation has sealed. */
export const secretBox = new SecretBox([Buffer.from(SECRET_KEY, 'hex')]);
