import { promises as dns } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { refusalOfAddress } from './address-check.js';
import { gateError } from './gate-errors.js';
import { dnsError } from './http-errors.js';

export interface ResolvedAddress {
  address: string;
  family: number;
}

/** Returns all addresses of a name. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

/** The operating system's own resolution (hosts file, resolver), with every address. */
export const systemResolve: Resolve = (hostname) => dns.lookup(hostname, { all: true });

/**
 * Returns the addresses of a name, once all are found to be public. A single private one rules out the
 * others: a name with a public and a private address is an attack, or an internal service.
 */
export async function resolveChecked(hostname: string, resolve: Resolve): Promise<ResolvedAddress[]> {
  const addresses = await resolve(hostname).catch((cause: unknown) => {
    throw dnsError(hostname, cause);
  });
  if (addresses.length === 0) throw dnsError(hostname, { code: 'ENODATA' });
  for (const { address } of addresses) {
    const refusal = refusalOfAddress(address);
    if (refusal) throw gateError('GateRefused', `${hostname}: its address ${address} ${refusal}`);
  }
  return addresses;
}

/**
 * A `lookup` for net.connect that returns checked addresses only. The socket connects to what it returns and
 * does not resolve again, so a name cannot give one address to the check and another to the connection (DNS
 * rebinding).
 */
export function pinnedLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolveChecked(hostname, resolve).then(
      (addresses) => {
        const first = addresses[0] as ResolvedAddress;
        if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: Error) => callback(error, ''),
    );
  };
}
