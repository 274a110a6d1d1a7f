const HIDDEN = '…';

/**
 * A page of ours whose address is a credential, and what follows its name: whole, broken by a line's end, or
 * as part of another address.
 */
const SECRET_PAGE =
  /(unsubscribe|notification-preferences|telling|answer|contact|feeds|sign-in|calendars)(\/|%2F)[\w.%~=-]{0,15}\s{0,4}[\w.%~=-]{16,}(?:\s{1,4}[\w-]{16,})?/gi;
/** What a link to one's settings ends with, and any other secret of ours: 256 bits, as base64url has them. */
const SETTINGS =
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.[0-9a-z]{1,12}\.[\w-]{16,}/gi;
const SECRET = /(?<![\w-])[\w-]{43}(?![\w-])/g;
/** Where a mail breaks a line that is too long (RFC 2045, 6.7). */
const SOFT_BREAK = /=\r?\n/g;
/** Shorter ones stand in any text, and open nothing. */
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
 * A text of another side without the links of ours that let their reader in: a server may repeat what we
 * wrote to it, and what it answered is read by many. Of a message that is at hand (`sent`) nothing of its
 * links is left, however they were broken.
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
