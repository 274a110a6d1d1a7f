import { isIP } from 'node:net';

/** Whether a host is this machine: traffic to it crosses no network. */
export const isThisMachine = (host: string): boolean => {
  const bare = host.replace(/^\[|\]$/g, '');
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
};
