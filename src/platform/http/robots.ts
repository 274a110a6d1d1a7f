import { DAY_MS } from '../../kernel/durations.js';
import { CarnotError } from '../../kernel/errors.js';
import { gateError, type GateErrorKind, where } from './http-errors.js';
import type { Hop } from './address-check.js';

/** Our name in robots.txt, and the first word of the User-Agent (RFC 9309 section 2.2.1). */
export const PRODUCT_TOKEN = 'carnot-europe';

/** How much of a longer file is read (RFC 9309 section 2.5): 500 KiB. */
const MOST_BYTES = 500 * 1024;

/** Lines that matter. Others are dropped: they may not split a group (RFC 9309 section 2.2.4). */
const RECORD = /^\s*(user-agent|allow|disallow|crawl-delay)\s*:([^#]*)/i;

/** Octets that mean the same with and without percent-encoding (RFC 3986 section 2.3). */
const UNRESERVED = /[A-Za-z0-9\-._~]/;

/** A stated delay is respected up to five hours, like Retry-After: beyond that nothing would ever be read. */
const MOST_DELAY_S = 5 * 60 * 60;

/** The rules of a host's robots.txt for us. */
interface RobotsRules {
  allow(url: URL): boolean;
  /** Seconds between requests (Crawl-delay: not part of RFC 9309, but widely used), or null. */
  everySeconds: number | null;
}

/** The rules if there is no robots.txt (RFC 9309 section 2.3.1.3). */
const NO_RULES: RobotsRules = { allow: () => true, everySeconds: null };

interface Rule {
  pattern: string;
  allow: boolean;
}

/** The rules of one user agent, from all groups that name it (RFC 9309 section 2.2.1). */
interface Group {
  rules: Rule[];
  delay: number;
}

/** Encoded as RFC 9309 section 2.2.2 compares it, both sides alike: a URL may keep "[" as it is. */
const comparable = (path: string): string =>
  decodeUnreserved(encodeURI(path).replaceAll('%25', '%')).replace(/%[0-9a-f]{2}/gi, (octet) =>
    octet.toUpperCase(),
  );

/** `*` is any characters, `$` the end of the path (RFC 9309 section 2.2.3). */
function matches(pattern: string, path: string): boolean {
  const whole = pattern.endsWith('$');
  const [first = '', ...pieces] = (whole ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(first)) return false;
  let at = first.length;
  const last = whole ? pieces.pop() : undefined;
  for (const piece of pieces) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  if (!whole) return true;
  return last === undefined ? at === path.length : path.endsWith(last) && path.length - last.length >= at;
}

/** Longest first, which counts; of two as long, the one that allows (RFC 9309 section 2.2.2). */
const byWeight = (a: Rule, b: Rule): number =>
  b.pattern.length - a.pattern.length || Number(b.allow) - Number(a.allow);

/**
 * Returns the group that applies to us. The package robots-parser keeps each rule once for each user agent of
 * its group, and compares character by character: a file of 30 kB held the process for four seconds.
 */
function groupIn(text: string): Group | undefined {
  const groups = new Map<string, Group>();
  let [named, naming] = [new Set<Group>(), false];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, name, value] = RECORD.exec(line) ?? [];
    if (name === undefined) continue;
    const told = value!.trim();
    if (name.toLowerCase() === 'user-agent') {
      if (!naming) named = new Set();
      naming = true;
      const agent = told.toLowerCase().split('/', 1)[0]!.trim();
      if (agent !== PRODUCT_TOKEN && agent !== '*') continue;
      const group = groups.get(agent) ?? { rules: [], delay: 0 };
      groups.set(agent, group);
      named.add(group);
      continue;
    }
    naming = false;
    for (const group of named)
      if (name.toLowerCase() === 'crawl-delay') group.delay = Number(told) || group.delay;
      else if (told !== '')
        group.rules.push({
          pattern: comparable(told),
          allow: name.toLowerCase() === 'allow',
        });
  }
  return groups.get(PRODUCT_TOKEN) ?? groups.get('*');
}

/** Parses a robots.txt for the product token `carnot-europe`. */
export function robotsRules(bytes: Buffer): RobotsRules {
  const { rules, delay } = groupIn(wholeLines(bytes)) ?? { rules: [], delay: 0 };
  rules.sort(byWeight);
  return {
    allow: ({ pathname, search }) => {
      const path = comparable(pathname + search);
      return rules.find(({ pattern }) => matches(pattern, path))?.allow ?? true;
    },
    everySeconds: delay > 0 ? Math.min(delay, MOST_DELAY_S) : null,
  };
}

/**
 * Returns the text up to the limit, without a line cut there: "Disallow: /a" of "Disallow: /archive" would
 * forbid more.
 */
function wholeLines(bytes: Buffer): string {
  if (bytes.length <= MOST_BYTES) return bytes.toString('utf8');
  const text = bytes.subarray(0, MOST_BYTES).toString('utf8');
  return text.slice(0, Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
}

/** RFC 9309 section 2.2.2: paths are compared without needless percent-encoding. */
function decodeUnreserved(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (whole, hex: string) => {
    const char = String.fromCharCode(parseInt(hex, 16));
    return UNRESERVED.test(char) ? char : whole;
  });
}

/** RFC 9309 section 2.4: no longer than 24 hours. */
const KEPT_MS = DAY_MS;
/** Concurrent callers share one failure; later ones, spaced further apart by the queue, ask again. */
const UNREACHABLE_KEPT_MS = 1_000;
/** Far more than there are sources; only redirects could make the cache grow. */
const MOST_KEPT = 1_000;

/** RFC 9309 section 2.3.1.3 (status 4xx) and 2.3.1.2 (more than five redirects): as if there were none. */
const ABSENT = new Set(['HttpNotFound', 'HttpClientError', 'HttpBlocked', 'TooManyRedirects']);

/**
 * Errors about the host, about us or about the moment, which apply to the document as well: they are passed
 * on by kind, and not cached. 429 is a 4xx too, but a host that asks us to wait must not be taken for one
 * without rules.
 */
const HANDED_ON = new Set<string>([
  'GateRefused',
  'TlsFailed',
  'HttpThrottled',
  'RateLimitUnavailable',
  'GateClosed',
]);

/** Reads a robots.txt through the gate, with the hop's trust and at most `perMinute` requests a minute. */
type ReadRobots = (robots: Hop, perMinute: number | undefined) => Promise<Buffer>;

interface Kept {
  rules: Promise<RobotsRules>;
  until: number;
}

/** The robots.txt of every origin requested (RFC 9309), read from time to time and shared by all callers. */
export class Robots {
  private readonly kept = new Map<string, Kept>();

  /** `now` in milliseconds. */
  constructor(
    private readonly read: ReadRobots,
    private readonly now: () => number,
  ) {}

  /**
   * Returns the rules of the hop's origin. Throws RobotsDisallowed if they forbid the hop, RobotsUnreachable
   * if they are unknown.
   */
  async check(hop: Hop, perMinute: number | undefined): Promise<RobotsRules> {
    const rules = await this.rulesFor(hop, perMinute);
    if (!rules.allow(hop.url))
      throw gateError(
        'RobotsDisallowed',
        `${where(hop.url)}: forbidden to us by the robots.txt of ${hop.url.host}`,
      );
    return rules;
  }

  private rulesFor({ url, trusted }: Hop, perMinute: number | undefined): Promise<RobotsRules> {
    // Separate by trust: a redirect's target is never read over a connection to an operator's server.
    const key = `${trusted ? 'trusted' : 'stranger'} ${url.origin}`;
    const kept = this.kept.get(key);
    if (kept && this.now() < kept.until) return kept.rules;
    const robots: Hop = { url: new URL('/robots.txt', url.origin), method: 'GET', trusted };
    // Until it arrives, all callers wait for this one.
    const fresh: Kept = { rules: this.fetch(robots, perMinute), until: Infinity };
    this.keep(key, fresh);
    return fresh.rules;
  }

  private keep(key: string, fresh: Kept): void {
    this.kept.delete(key);
    this.kept.set(key, fresh);
    if (this.kept.size > MOST_KEPT) this.kept.delete(this.kept.keys().next().value!);
    fresh.rules.then(
      () => {
        fresh.until = this.now() + KEPT_MS;
      },
      (error: unknown) => {
        const unreachable = error instanceof CarnotError && error.kind === 'RobotsUnreachable';
        fresh.until = unreachable ? this.now() + UNREACHABLE_KEPT_MS : -Infinity;
      },
    );
  }

  private async fetch(robots: Hop, perMinute: number | undefined): Promise<RobotsRules> {
    try {
      return robotsRules(await this.read(robots, perMinute));
    } catch (error) {
      // Any other error is Postponed: it is not yet the host's turn.
      if (!(error instanceof CarnotError)) throw error;
      if (ABSENT.has(error.kind)) return NO_RULES;
      const kind = HANDED_ON.has(error.kind) ? (error.kind as GateErrorKind) : 'RobotsUnreachable';
      const message = `the robots.txt of ${robots.url.host} could not be read, and without it nothing is asked: ${error.message}`;
      throw gateError(kind, message, { ...error.details, cause: error });
    }
  }
}
