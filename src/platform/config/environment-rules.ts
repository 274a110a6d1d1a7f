import { isIP } from 'node:net';
import { z } from 'zod';

/**
 * A rule on a variable's text. The problem follows its name; neither text holds the value: it may be secret.
 */
export function rule(fits: (value: string) => boolean, problem: string, fix: string) {
  return z.string().refine(fits, { error: problem, params: { fix }, abort: true });
}

/** The address of a service, password and all: `schemes[0]` is the one that is proposed. */
export function serviceUrl(schemes: readonly string[], example: string) {
  const begin = schemes.map((scheme) => `${scheme}://`).join(' or ');
  return rule(
    (value) => schemes.some((scheme) => value.startsWith(`${scheme}://`)),
    `must begin with ${begin}`,
    `Write it as ${example}.`,
  )
    .refine(isReadableUrl, {
      error: 'cannot be read as an address',
      params: { fix: 'Percent-encode the password: # as %23, / as %2F, : as %3A, @ as %40, % as %25.' },
      abort: true,
    })
    .refine(namesHost, { error: 'names no host', params: { fix: `Write it as ${example}.` } });
}

function isReadableUrl(value: string): boolean {
  try {
    const { username, password } = new URL(value);
    // Drivers decode these; a lone % would make them throw much later, with the address in the message.
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

/** PostgreSQL takes the folder of a Unix socket as `?host=/run/postgresql`. */
function namesHost(value: string): boolean {
  const url = new URL(value);
  return url.hostname !== '' || url.searchParams.has('host');
}

/** A name or an IP address to listen on, without scheme and port. */
export function isHost(value: string): boolean {
  return isIP(value) !== 0 || /^(?!-)[A-Za-z0-9-]{1,63}(\.(?!-)[A-Za-z0-9-]{1,63})*$/.test(value);
}

/** A whole number that a TCP port can be; 0 lets the system choose. */
export function isPort(value: string): boolean {
  return /^\d{1,5}$/.test(value) && Number(value) <= 65535;
}

const address = String.raw`[^\s@<>()[\]",;:\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?`;
// An unquoted comma or colon would make a mail program read two addresses or a group.
const displayName = String.raw`(?:"[^"\\\p{Cc}]*"|[^"<>()[\],;:@\\\p{Cc}]+)`;
const mailFrom = new RegExp(String.raw`^(?:${address}|${displayName}\s*<${address}>)$`, 'u');

/** `address` or `Name <address>`; a machine's name without a dot is fine behind the @. */
export function isSender(value: string): boolean {
  return mailFrom.test(value);
}

const operator = new RegExp(`^${address}$`, 'u');

/** The parts of a list with commas. */
export const partsOf = (value: string): string[] => value.split(',').map((part) => part.trim());

/**
 * One address, or several with commas between them; names are left out, since nobody but the operators reads
 * them.
 */
export function areAddresses(value: string): boolean {
  return partsOf(value).every((part) => operator.test(part));
}

function webUrl(value: string): URL | undefined {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  return url.username || url.password ? undefined : url;
}

/** http or https, without a slash at the end, since paths are put behind it. */
export function isPublicUrl(value: string): boolean {
  return webUrl(value) !== undefined && !/[?#\s]|\/$/.test(value);
}

/** A mail address, alone or as a link, or a page behind TLS (RFC 9116, 2.5.3). */
export function isContact(value: string): boolean {
  const url = webUrl(value);
  return url ? url.protocol === 'https:' && !/\s/.test(value) : operator.test(value.replace(/^mailto:/, ''));
}

/** http or https, with any path: others are put behind it. */
export function isEndpoint(value: string): boolean {
  return webUrl(value) !== undefined && !/[?#\s]/.test(value);
}

/** Scheme, host and port; at most a slash behind them. */
export function isOrigin(value: string): boolean {
  const url = webUrl(value);
  return url !== undefined && !/[?#]/.test(value) && url.pathname === '/' && !value.endsWith('//');
}

/** Origins in a list with commas. */
export const areOrigins = (value: string): boolean => partsOf(value).every(isOrigin);

const dateTime = z.iso.datetime({ offset: true });

/** An instant: without Z or an offset it would mean another time on another machine. */
export function isInstant(value: string): boolean {
  return dateTime.safeParse(value).success && !Number.isNaN(Date.parse(value));
}
