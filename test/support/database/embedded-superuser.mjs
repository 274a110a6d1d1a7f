import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Returns the superuser's address of an embedded server: the program's own role has no such rights. */
export function superuserOf({ url, folder }) {
  const password = readFileSync(join(folder, 'password'), 'utf8').trim();
  return Object.assign(new URL(url), { username: 'postgres', password, pathname: '/postgres' }).href;
}
