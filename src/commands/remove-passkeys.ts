import { Passkeys } from '../access/passkeys/passkeys.js';
import { refuse } from '../platform/config/config-error.js';
import { say } from '../platform/say.js';
import { withApplication } from '../app/with-application.js';

/**
 * `remove-passkeys`: removes the passkeys of a person who lost them and has nobody else to do it; they are
 * signed out everywhere and get an e-mail.
 */
export async function removePasskeys(args: string[]): Promise<void> {
  const [address] = args;
  refuse(
    address === undefined || args.length > 1
      ? ['remove-passkeys takes an e-mail address. Fix: npm run cli -- remove-passkeys name@example.org']
      : [],
  );
  await withApplication(async (app) => {
    await app.get(Passkeys).removeOfAddress(address!);
    say(
      `The passkeys of ${address} are removed, and their sessions have ended. They are informed by e-mail.`,
    );
  });
}
