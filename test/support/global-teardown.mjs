import { rmSync } from 'node:fs';
import { dirname } from 'node:path';

export default async function teardown() {
  if (!globalThis.embedded) return;
  await globalThis.embedded.stop();
  rmSync(dirname(globalThis.embedded.folder), { recursive: true, force: true });
}
