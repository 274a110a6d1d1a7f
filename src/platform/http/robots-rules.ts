import robotsParser from 'robots-parser';

/** Our name in robots.txt, and the first word of the User-Agent (RFC 9309 section 2.2.1). */
export const PRODUCT_TOKEN = 'carnot-europe';

/** How much of a longer file is read (RFC 9309 section 2.5): 500 KiB. */
const MOST_BYTES = 500 * 1024;

/** Lines that matter. Others are dropped: they may not split a group (RFC 9309 section 2.2.4). */
const RECORD = /^\s*(user-agent|allow|disallow|crawl-delay)\s*:/i;

/** Octets that mean the same with and without percent-encoding (RFC 3986 section 2.3). */
const UNRESERVED = /[A-Za-z0-9\-._~]/;

/** A stated delay is respected up to five hours, like Retry-After: beyond that nothing would ever be read. */
const MOST_DELAY_S = 5 * 60 * 60;

/** The rules of a host's robots.txt for us. */
export interface RobotsRules {
  allow(url: URL): boolean;
  /** Seconds between requests (Crawl-delay: not part of RFC 9309, but widely used), or null. */
  everySeconds: number | null;
}

/** The rules if there is no robots.txt (RFC 9309 section 2.3.1.3). */
export const NO_RULES: RobotsRules = { allow: () => true, everySeconds: null };

interface Parsed {
  isAllowed(url: string, userAgent: string): boolean | undefined;
  getCrawlDelay(userAgent: string): number | undefined;
}

// Its types declare a default export; it actually exports the function itself.
const parse = robotsParser as unknown as (url: string, text: string) => Parsed;

/** Parses a robots.txt for the product token `carnot-europe`; `origin` is the site it belongs to. */
export function robotsRules(origin: string, bytes: Buffer): RobotsRules {
  const lines = wholeLines(bytes)
    .split(/\r\n|\r|\n/)
    .filter((line) => RECORD.test(line))
    .map(decodeUnreserved);
  const parsed = parse(`${origin}/robots.txt`, lines.join('\n'));
  const delay = parsed.getCrawlDelay(PRODUCT_TOKEN);
  return {
    allow: ({ pathname, search }) =>
      parsed.isAllowed(`${origin}${decodeUnreserved(pathname + search)}`, PRODUCT_TOKEN) !== false,
    everySeconds: delay !== undefined && delay > 0 ? Math.min(delay, MOST_DELAY_S) : null,
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
