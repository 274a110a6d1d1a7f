import { StoredSecrets } from '../persistence/secrets/stored-secrets.js';
import { refuse } from '../platform/config/config-error.js';
import { withApplication } from './with-application.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** `rotate-secrets`: seals everything with SECRET_KEY that a key of SECRET_KEY_BEFORE, or the one kept in DATA_DIR, has sealed. */
export async function rotateSecrets(args: string[]): Promise<void> {
  refuse(args.length ? ['rotate-secrets takes nothing. Mend: npm run cli -- rotate-secrets'] : []);
  await withApplication(async (app) => {
    const { sealed, locked } = await app.get(StoredSecrets).rotate();
    if (sealed) say(`Sealed anew with SECRET_KEY: ${sealed} (recipients, and mails that wait).`);
    else if (!locked.length) say('Everything was sealed with SECRET_KEY already.');
    if (!locked.length) return say('The earlier keys are needed no more.');
    say(`No key opens what is stored of: ${locked.join(', ')}. Give the earlier key in SECRET_KEY_BEFORE, or set their addresses and secrets again at Channels.`);
    process.exitCode = 1;
  });
}
