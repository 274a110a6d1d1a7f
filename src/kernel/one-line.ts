import { withoutLinks } from './without-links.js';

const HIDDEN = '…';

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
