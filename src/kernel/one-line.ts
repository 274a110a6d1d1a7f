const HIDDEN = '…';

/** Our pages whose address is a credential, as an expression. */
export const SECRET_PAGES =
  'unsubscribe|newsletter|notification-preferences|answer|contact|decide|feeds|sign-in|calendars';
/** One of them with what follows its name: whole, split across lines, or inside another address. */
const SECRET_PAGE = new RegExp(
  `(${SECRET_PAGES})(/|%2F)[\\w.%~=-]{0,15}\\s{0,4}[\\w.%~=-]{16,}(?:\\s{1,4}[\\w-]{16,})?`,
  'gi',
);
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

/** The parts of a web address that may be secret: everything after the host. */
function partsOf(address: string): string[] {
  if (!/^https?:/.test(address) || !URL.canParse(address)) return [];
  const { pathname, search } = new URL(address);
  return [`${pathname}${search}`, pathname, search.slice(1)].filter((part) => part.length > 1);
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Removes an address, links and signing secrets from a text: many read logs and stored errors. */
export function redacted(
  text: string,
  { to, secrets }: { to: { address: string }; secrets: string[] },
): string {
  const forms = [
    to.address,
    ...partsOf(to.address),
    ...secrets,
    ...secrets.map((secret) => secret.replace(/^whsec_/, '')),
  ].filter(Boolean);
  // Longest first, so that a shorter form cannot break a longer one. Case-insensitive, since servers may
  // change the case.
  return forms
    .sort((a, b) => b.length - a.length)
    .reduce((rest, form) => rest.replace(new RegExp(literally(form), 'gi'), HIDDEN), withoutLinks(text));
}

/** Control characters and marks that change the writing direction: in an e-mail they only ever deceive. */
const NOT_SHOWN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;

/** Collapses each run of white space to one space, also at both ends; no-break spaces are kept. */
export function collapsed(text: string): string {
  return text.replace(NOT_SHOWN, ' ').replace(/[^\S\u00a0\u202f]+/gu, ' ');
}

/** Returns external text as one line that cannot break a layout, a subject or a header. */
export function oneLine(text: string): string {
  return collapsed(text).trim();
}

/**
 * Returns a text with the no-break spaces of its language. In French no line begins with : ; ? ! or », and
 * none ends with «; sources seldom write these spaces.
 */
export const spaced = (text: string, language: string): string =>
  language === 'fr' ? text.replace(/ (?=[:;?!»])/g, '\u00a0').replace(/(?<=«) /g, '\u00a0') : text;

const LEADING_PART = /[\p{M}\u200d\ufe0f]/u;

/** Returns the nearest index at or before `index` where a text can be cut without splitting a character. */
export function safeCut(text: string, index: number): number {
  let cut = Math.max(0, Math.min(index, text.length));
  while (cut > 0 && cut < text.length && (isLowSurrogate(text, cut) || LEADING_PART.test(text.charAt(cut))))
    cut -= 1;
  return cut;
}

function isLowSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Shortens a text to at most `limit` characters with an ellipsis, cut between words if there is a space. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = safeCut(text, limit - 1);
  const space = text.lastIndexOf(' ', cut);
  return `${text.slice(0, space > limit / 2 ? space : cut).trimEnd()}…`;
}
