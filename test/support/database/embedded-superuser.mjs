import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The address at which the superuser signs in to an embedded server: the program itself has a role without
 * such rights.
 */
export function superuserOf({ url, folder }) {
  const password = readFileSync(join(folder, 'password'), 'utf8').trim();
  return Object.assign(new URL(url), { username: 'postgres', password, pathname: '/postgres' }).href;
}
