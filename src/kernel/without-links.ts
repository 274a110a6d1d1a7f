const HIDDEN = '…';

/**
 * One of our pages whose address is a credential, with what follows its name: whole, split across lines, or
 * inside another address.
 */
const SECRET_PAGE =
  /(unsubscribe|newsletter|notification-preferences|answer|contact|feeds|sign-in|calendars)(\/|%2F)[\w.%~=-]{0,15}\s{0,4}[\w.%~=-]{16,}(?:\s{1,4}[\w-]{16,})?/gi;
/** The end of a settings link, and any other secret of ours: 256 bits in base64url. */
const SETTINGS =
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.[0-9a-z]{1,12}\.[\w-]{16,}/gi;
const SECRET = /(?<![\w-])[\w-]{43}(?![\w-])/g;
/** A soft line break in an e-mail (RFC 2045, 6.7). */
const SOFT_BREAK = /=\r?\n/g;
/** Shorter ones occur in any text, and open nothing. */
const FRAGMENT = /[\w-]{8,}/g;

const withoutShapes = (text: string): string =>
  text
    .replace(SOFT_BREAK, '')
    .replace(SECRET_PAGE, `$1$2${HIDDEN}`)
    .replace(SETTINGS, HIDDEN)
    .replace(SECRET, HIDDEN);

function tokensIn(sent: string): string[] {
  return [SECRET_PAGE, SETTINGS, SECRET].flatMap((shape) =>
    [...sent.matchAll(shape)].map(([found]) => found.slice(found.search(/\/|%2F/i) + 1).toLowerCase()),
  );
}

/**
 * Removes our personal links from external text: a server may repeat what we sent, and many people read its
 * answer. If the message is known (`sent`), nothing of its links remains, however they were broken.
 */
export function withoutLinks(text: string, sent: readonly string[] = []): string {
  const tokens = sent.flatMap(tokensIn);
  const rest = withoutShapes(text);
  return tokens.length === 0
    ? rest
    : rest.replace(FRAGMENT, (word) =>
        tokens.some((token) => token.includes(word.toLowerCase())) ? HIDDEN : word,
      );
}
