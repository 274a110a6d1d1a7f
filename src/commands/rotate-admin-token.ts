import { AdminToken } from '../access/admin-token.js';
import { newSecret } from '../platform/access/secret.js';
import { refuse } from '../platform/config/config-error.js';
import { withApplication } from '../app/with-application.js';
import { say } from '../platform/say.js';

/**
 * `rotate-admin-token`: replaces the admin token and shows the new one once; the old one stops working at
 * once, also in running processes.
 */
export async function rotateAdminToken(args: string[]): Promise<void> {
  refuse(args.length ? ['rotate-admin-token takes nothing. Fix: npm run cli -- rotate-admin-token'] : []);
  await withApplication(async (app) => {
    const made = await app.get(AdminToken).rotate();
    if (made)
      return say(`Admin token  ${made}   (shown only once: keep it; the previous one no longer works)`);
    say(
      'Nothing was changed: the admin token is set in ADMIN_TOKEN. Set another one and restart API and workers, for example:',
    );
    say(`ADMIN_TOKEN=${newSecret().secret}`);
  });
}
