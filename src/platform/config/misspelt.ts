import { nearest } from '../../kernel/nearest.js';

/** Variables of other programs whose names happen to look like ours. */
const foreign = new Set([
  'HOSTNAME',
  'HOSTS',
  'PORTS',
  'HTTP_URL',
  'FTP_URL',
  'AMQP_URL',
  'IMAP_URL',
  'LDAP_URL',
]);

export interface Misspelt {
  name: string;
  meant: string;
  warning: string;
}

/** Returns variables that nothing reads and that look like one of ours. Their values are never read. */
export function misspelt(env: NodeJS.ProcessEnv, known: readonly string[]): Misspelt[] {
  return Object.keys(env)
    .filter((name) => !known.includes(name) && !foreign.has(name))
    .map((name) => ({ name, meant: nearest(name, known) }))
    .filter((slip): slip is { name: string; meant: string } => slip.meant !== undefined)
    .map((slip) => ({
      ...slip,
      warning: `${slip.name} is set, but nothing reads it: is ${slip.meant} meant?`,
    }));
}
