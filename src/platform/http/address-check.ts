import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { promises as dns } from 'node:dns';
import type { CarnotError } from '../../kernel/errors.js';
import { dnsError, gateError, where } from './http-errors.js';

/** One request in a chain of redirects. `trusted`: to an origin configured by the operator. */
export interface Hop {
  url: URL;
  method: 'GET' | 'POST';
  trusted: boolean;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Whether a status with a Location is a redirect (RFC 9110 section 15.4). */
export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/** Throws GateRefused unless an address is https, on port 443, without userinfo, and not an internal host. */
export function checkUrl(url: URL): void {
  checkUserinfo(url);
  if (url.protocol !== 'https:') throw refused(url, `${url.protocol} is not https`);
  // URL drops a scheme's default port, so any port left is another one.
  if (url.port !== '') throw refused(url, 'only port 443 is open');
  const refusal = refusalOfHostname(url.hostname);
  if (refusal) throw refused(url, `the host ${refusal}`);
}

/** Throws GateRefused if an address has a user or password: it would be logged, and undici drops it. */
export function checkUserinfo(url: URL): void {
  if (url.username !== '' || url.password !== '') throw refused(url, 'it has a user or a password');
}

/**
 * Returns where a redirect leads, or throws GateRefused. The target is judged as a stranger's even if it is a
 * trusted origin: trust covers what the operator configured, not what points to it.
 */
export function nextHop(from: Hop, status: number, location: string): Hop {
  if (from.trusted) throw refused(from.url, 'a configured origin may not redirect');
  const url = URL.canParse(location, from.url) ? new URL(location, from.url) : null;
  if (!url) throw refused(from.url, 'it redirects to what is no address');
  if (from.method === 'POST' && (status < 307 || url.origin !== from.url.origin)) {
    // 301 to 303 would make it a GET (RFC 9110 section 15.4); 307 and 308 would send the body elsewhere.
    throw refused(from.url, `it redirects a POST (status ${status})`);
  }
  checkUrl(url);
  return { url, method: from.method, trusted: false };
}

function refused(url: URL, why: string): CarnotError {
  return gateError('GateRefused', `${where(url)}: ${why}`);
}

/** IANA's only block of IPv6 global unicast addresses (IPv6 address space registry, RFC 4291 section 2.4). */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** RFC 6052's well-known NAT64 prefix: on IPv6-only networks, DNS64 returns it for public IPv4 hosts. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** Azure's WireServer: a public address by the registry, but answered by the machine's own hypervisor. */
const HOST_SERVICES = new Set(['168.63.129.16']);

/** Names registered as internal: RFC 6761 (localhost), 6762 (local), 8375, and ICANN's `internal`. */
const INSIDE_NAMES = /(^|\.)(localhost|localdomain|local|internal|home\.arpa)$/;

/**
 * Returns why an address may not be connected to, or null if it may: only global unicast is allowed. IPv4
 * within IPv6 (mapped, NAT64) is judged by the IPv4 address it leads to. 6to4 and Teredo, which are obsolete
 * (RFC 7526, RFC 8190) and also hide an IPv4 address, are always refused.
 */
export function refusalOfAddress(address: string): string | null {
  // ipaddr.js also reads "127.1" and hex; a resolver never returns those, so they are no addresses here.
  if (isIP(address) === 0) return 'is not an IP address';
  // A zone (RFC 4007) names an interface of this machine, so the address is not global.
  if (address.includes('%')) return 'has a zone';
  const parsed = ipaddr.parse(address);
  return parsed instanceof ipaddr.IPv4 ? refusalOfIPv4(parsed) : refusalOfIPv6(parsed);
}

function refusalOfIPv4(address: ipaddr.IPv4): string | null {
  const range = address.range();
  if (range !== 'unicast') return `is not a public address (${range})`;
  return HOST_SERVICES.has(address.toString()) ? 'is a service of the machine itself' : null;
}

function refusalOfIPv6(address: ipaddr.IPv6): string | null {
  if (address.isIPv4MappedAddress() || address.match(NAT64)) {
    return refusalOfIPv4(new ipaddr.IPv4(address.toByteArray().slice(-4)));
  }
  const range = address.range();
  if (range !== 'unicast') return `is not a public address (${range})`;
  // ipaddr.js calls all it does not know unicast, even the deprecated ::a.b.c.d (RFC 4291, 2.5.5.1).
  return address.match(GLOBAL_IPV6) ? null : 'is not a public address (not allocated)';
}

/**
 * Returns why a URL's hostname may not be requested, or null if it may. An IP literal is judged here, because
 * net.connect does not call `lookup` for it; a name's addresses are judged when it is resolved.
 */
export function refusalOfHostname(hostname: string): string | null {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) !== 0) return refusalOfAddress(host);
  const name = host.replace(/\.$/, '').toLowerCase();
  // Without a dot, the resolver's search list would decide where it leads.
  if (!name.includes('.') || INSIDE_NAMES.test(name)) return 'is a name inside the network';
  return null;
}

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
