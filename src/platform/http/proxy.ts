import { isIP, type Socket } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector, Client } from 'undici';
import { refusalOfHostname, type Resolve, resolveChecked } from './address-check.js';
import { gateError } from './http-errors.js';

/** The operator's settings for the proxy between here and the outside. */
export interface ProxySettings {
  url: string;
  /** The entries of NO_PROXY: hosts requested without it. */
  except: readonly string[];
}

const OK = 200;
const HTTPS_PORT = 443;

/**
 * Whether an entry of NO_PROXY covers a host: by its name, with `.example.org` or `*.example.org` for all
 * below it and perhaps a port, by its address, or by the network that its address is in.
 */
function covers(entry: string, { hostname, port }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValidCIDR(entry)) {
    const [network, bits] = ipaddr.parseCIDR(entry);
    return isIP(host) === (network.kind() === 'ipv4' ? 4 : 6) && ipaddr.parse(host).match(network, bits);
  }
  const [, name = entry, its = ''] = (isIP(entry) === 0 && /^\[?(.*?)\]?(?::(\d+))?$/.exec(entry)) || [];
  const below = name.replace(/^\*?\./, '');
  return (
    (its === '' || Number(its) === Number(port || HTTPS_PORT)) &&
    (name === '*' || host === below || host.endsWith(`.${below}`))
  );
}

/** Whether an operator's own server is reached through the proxy: not if internal or named in `except`. */
export function goesThrough(url: URL, { except }: ProxySettings): boolean {
  if (url.protocol !== 'https:' || refusalOfHostname(url.hostname) !== null) return false;
  return !except.some((entry) => covers(entry, url));
}

const authorization = ({ username, password }: URL): Record<string, string> =>
  username
    ? {
        'proxy-authorization': `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`,
      }
    : {};

/** Returns an address as written before a port. */
const literal = (address: string): string => (address.includes(':') ? `[${address}]` : address);

/**
 * Connects through a proxy. With `resolve`, the name is resolved and checked here, and the proxy gets the
 * checked address: it sees the name only in the TLS greeting, so the name cannot lead it inside. Without, as
 * for the operator's own servers, the proxy gets the name.
 */
export function proxyConnector(
  proxyUrl: string,
  timeoutMs: number,
  resolve: Resolve | null,
): buildConnector.connector {
  const proxy = new URL(proxyUrl);
  const overTls = buildConnector({ timeout: timeoutMs });
  const tunnel = async (hostname: string, port: string): Promise<Socket> => {
    const [first] = resolve ? await resolveChecked(hostname, resolve) : [{ address: hostname }];
    const path = `${literal(first.address)}:${port || HTTPS_PORT}`;
    const client = new Client(proxy.origin, { connect: { timeout: timeoutMs } });
    const { socket, statusCode } = await client
      .connect({
        path,
        headers: { host: path, ...authorization(proxy) },
        signal: AbortSignal.timeout(timeoutMs),
      })
      // This client no longer handles what comes through the tunnel.
      .finally(() => void client.close().catch(() => undefined));
    if (statusCode === OK) return socket as Socket;
    socket.on('error', () => undefined).destroy();
    throw gateError(
      'ConnectFailed',
      `the proxy in HTTPS_PROXY does not let us through to ${hostname} (status ${statusCode})`,
    );
  };
  return (options, callback) => {
    tunnel(options.hostname, options.port).then(
      (httpSocket) =>
        overTls({ ...options, servername: options.servername ?? options.hostname, httpSocket }, callback),
      (error: Error) => callback(error, null),
    );
  };
}
