import { isIP } from 'node:net';
import { z } from 'zod';
import { isOrigin, plainUrl } from '../../kernel/web-address.js';

/** A rule on a variable's text. `problem` follows its name; no text has the value, which may be secret. */
export function rule(fits: (value: string) => boolean, problem: string, fix: string) {
  return z.string().refine(fits, { error: problem, params: { fix }, abort: true });
}

/** Finds what is wrong with a value that has the right form; null if nothing is. */
export interface Doubt<T = string> {
  find: (value: T) => string | null;
  fix: string;
}

/** Returns a rule whose problem depends on the value: `.superRefine(without(doubt))`. */
export const without =
  ({ find, fix }: Doubt) =>
  (value: string, context: z.RefinementCtx): void => {
    const message = find(value);
    if (message !== null) context.addIssue({ code: 'custom', message, params: { fix } });
  };

/**
 * Returns a rule for a service's address, password included; `schemes[0]` is the suggested one, and
 * `password` what is found wrong with that.
 */
export function serviceUrl(schemes: readonly string[], example: string, password?: Doubt<URL>) {
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
    .refine(namesHost, { error: 'names no host', params: { fix: `Write it as ${example}.` }, abort: true })
    .refine((value) => new URL(value).port !== '0', {
      error: 'names port 0, on which nothing answers',
      params: { fix: `Write it as ${example}.` },
      abort: true,
    })
    .superRefine(
      without({ find: (value) => password?.find(new URL(value)) ?? null, fix: password?.fix ?? '' }),
    );
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

/** PostgreSQL accepts the folder of a Unix socket as `?host=/run/postgresql`. */
function namesHost(value: string): boolean {
  const url = new URL(value);
  return url.hostname !== '' || url.searchParams.has('host');
}

/** Whether a value is a name or an IP address to listen on, without scheme and port. */
export function isHost(value: string): boolean {
  return isIP(value) !== 0 || /^(?!-)[A-Za-z0-9-]{1,63}(\.(?!-)[A-Za-z0-9-]{1,63})*$/.test(value);
}

/** Whether a value is `host:port`; an IPv6 address is in brackets. */
export function isHostAndPort(value: string): boolean {
  const [, host = '', port = ''] = /^(.+):(\d+)$/.exec(value) ?? [];
  return isPort(port) && (isHost(host) || isIP(host.replace(/^\[(.+)\]$/, '$1')) === 6);
}

/** Whether a value is a TCP port; 0 lets the system choose. */
export function isPort(value: string): boolean {
  return /^\d{1,5}$/.test(value) && Number(value) <= 65535;
}

const address = String.raw`[^\s@<>()[\]",;:\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?`;
// An unquoted comma or colon would make a mail program read two addresses or a group.
const displayName = String.raw`(?:"[^"\\\p{Cc}]*"|[^"<>()[\],;:@\\\p{Cc}]+)`;
const mailFrom = new RegExp(String.raw`^(?:${address}|${displayName}\s*<${address}>)$`, 'u');

/** Whether a value is `address` or `Name <address>`; a host name without a dot is fine after the @. */
export function isSender(value: string): boolean {
  return mailFrom.test(value);
}

const operator = new RegExp(`^${address}$`, 'u');

/** Returns the parts of a comma-separated list. */
export const partsOf = (value: string): string[] => value.split(',').map((part) => part.trim());

/** Whether a value is one address, or several with commas; no names, since only operators read them. */
export function areAddresses(value: string): boolean {
  return partsOf(value).every((part) => operator.test(part));
}

/** Whether a value is an http or https address without a trailing slash, since paths are appended. */
export function isPublicUrl(value: string): boolean {
  return plainUrl(value) !== undefined && !/[?#\s]|\/$/.test(value);
}

/** Whether a value is a mail address, plain or as a link, or an https page (RFC 9116, 2.5.3). */
export function isContact(value: string): boolean {
  const url = plainUrl(value);
  return url ? url.protocol === 'https:' && !/\s/.test(value) : operator.test(value.replace(/^mailto:/, ''));
}

/** Whether a value is an http or https address with any path; further paths are appended. */
export function isEndpoint(value: string): boolean {
  return plainUrl(value) !== undefined && !/[?#\s]/.test(value);
}

export const areOrigins = (value: string): boolean => partsOf(value).every(isOrigin);

const dateTime = z.iso.datetime({ offset: true });

/** Whether a value is an instant: without Z or an offset it would differ between machines. */
export function isInstant(value: string): boolean {
  return dateTime.safeParse(value).success && !Number.isNaN(Date.parse(value));
}
