import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { onServer } from './global-setup.mjs';

export default async function teardown() {
  await onServer(`DROP DATABASE ${process.env.TEST_TEMPLATE} WITH (FORCE)`);
  if (!globalThis.embedded) return;
  await globalThis.embedded.stop();
  rmSync(dirname(globalThis.embedded.folder), { recursive: true, force: true });
}
