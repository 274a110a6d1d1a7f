import { AuditRepository } from '../audit/store/audit.repository.js';
import { refuse } from '../platform/config/config-error.js';
import { readEnvironment } from '../platform/config/environment.js';
import { withTables } from '../app/with-database.js';
import { complain, counted, say } from '../platform/say.js';

const USAGE = 'npm run cli -- audit verify [POSITION:HASH]';
const NOTED = /^(\d{1,15}):([0-9a-f]{64})$/;

/**
 * `audit verify`: verifies the whole chain; given the output of an earlier run, also whether it still starts
 * with what that run saw.
 */
export async function audit(args: string[]): Promise<void> {
  const [what, noted] = args;
  const [, position, hash] = NOTED.exec(noted ?? '') ?? [];
  refuse(
    what === 'verify' && args.length <= 2 && (noted === undefined || hash !== undefined)
      ? []
      : [`audit takes "verify", and what an earlier run printed. Fix: ${USAGE}`],
  );
  await withTables(readEnvironment(process.env, 'start'), async (database) => {
    const since = hash ? { position: Number(position), hash } : null;
    const chain = await new AuditRepository(database).verify(since);
    if (chain.holds) {
      say(`The audit log is intact: ${counted(chain.entries, 'entry', 'entries')}.`);
      if (chain.erased) say(`Names were erased in ${chain.erased} of them.`);
      if (chain.entries) say(`Keep this elsewhere, to be compared later: ${chain.entries}:${chain.hash}`);
      return;
    }
    const WHY = {
      changed: `entry ${chain.position} was changed, or the one before it was`,
      missing: `entry ${chain.position} is missing`,
      'name changed': `a name in entry ${chain.position} was changed`,
      'not as noted': `entry ${chain.position} is another than the one that was noted`,
    };
    complain(`The audit log was tampered with: ${WHY[chain.why]}.`);
    process.exitCode = 1;
  });
}
