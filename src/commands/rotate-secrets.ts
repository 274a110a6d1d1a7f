import { StoredSecrets } from '../notifications/store/recipient-secrets.js';
import { ReaderServerRepository } from '../matching/store/reader-server.repository.js';
import { refuse } from '../platform/config/config-error.js';
import { withApplication } from '../app/with-application.js';
import { say } from '../platform/say.js';

/**
 * `rotate-secrets`: reseals with SECRET_KEY everything sealed with a key of SECRET_KEY_BEFORE or with the key
 * in DATA_DIR.
 */
export async function rotateSecrets(args: string[]): Promise<void> {
  refuse(args.length ? ['rotate-secrets takes nothing. Fix: npm run cli -- rotate-secrets'] : []);
  await withApplication(async (app) => {
    const renewed = await app.get(StoredSecrets).rotate();
    const reader = await app.get(ReaderServerRepository).reseal();
    const sealed = renewed.sealed + (reader === 'sealed' ? 1 : 0);
    const locked = [...renewed.locked, ...(reader === 'locked' ? ['the language model'] : [])];
    if (sealed)
      say(
        `Encrypted again with SECRET_KEY: ${sealed} (recipients, waiting e-mails and the key of the language model).`,
      );
    else if (!locked.length) say('Everything is already encrypted with SECRET_KEY.');
    if (!locked.length) return say('The earlier keys are no longer needed.');
    say(
      `No key decrypts: ${locked.join(', ')}. Set the earlier key in SECRET_KEY_BEFORE, or enter their addresses and secrets again in Channels, and the language model on its page.`,
    );
    process.exitCode = 1;
  });
}
