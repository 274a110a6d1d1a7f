/** Any word with an @ identifies a person, whether it is an address or a handle. */
const ADDRESS = /\S{0,200}@\S{0,200}/g;
/** "jane (at) example.eu", "jane [at] example [dot] eu". */
const SPELT =
  /\S{1,100}\s?[([{]\s?(?:at|arobase)\s?[)\]}]\s?\S{1,100}(?:\s?[([{]\s?(?:dot|point)\s?[)\]}]\s?\S{1,60})?/gi;
/** Digits with the separators used in telephone numbers. */
const FIGURES = /(?<![\p{L}\p{N}_-])[+(]?\d[\d \u00a0\u202f\t()./-]{4,28}\d(?![\p{L}\p{N}_-])/gu;
const LABEL =
  /\b(?:t[eé]l(?:[eé]phone)?|phone|mobile|mob|gsm|fax|whatsapp|cell|portable|pic)\b[^\p{L}\p{N}]{0,4}$/iu;
const MONEY_BEFORE = /(?:€|\b(?:EUR|euros?|USD|GBP))\s?$/i;
const MONEY_AFTER = /^\s?(?:€|k€|M€|%|(?:EUR|keur|meur|euros?|USD|GBP|million|millions|Mio)\b)/i;
const DATE = /\b\d{1,2}[./-]\d{1,2}[./-]\d{4}\b/;
/** A word of a name, with the particles between a first name and a last one. */
const PARTICLE = '(?:[ \\t](?:van der|van den|van de|van|von der|von|de la|de|di|da|del|le|la))?';
const WORD = "\\p{Lu}[\\p{L}.'’-]{0,40}";
/** A name after a title: a few capitalised words. */
const NAMED = new RegExp(
  `\\b(?:Dr|Prof|Mr|Mrs|Ms|Mme|Mlle|Ing)\\b\\.?(?:${PARTICLE}[ \\t]${WORD}){1,4}`,
  'gu',
);
/** "Contact: Jane Doe", "Contact person – Jane van Doe". */
const CONTACT = new RegExp(
  `\\b(?:[Cc]ontact(?: [Pp]erson| [Pp]oint)?|[Pp]ersonne de contact)[ \\t]?[:–-][ \\t]?${WORD}(?:${PARTICLE}[ \\t]${WORD}){0,3}`,
  'gu',
);

/**
 * National numbers begin with a zero or a bracket, international ones with a plus; without either, this many
 * digits are taken for a number of a person or organisation.
 */
const LEAST_MARKED = 7;
const LEAST_UNMARKED = 9;

function isNumber(figures: string, before: string, after: string): boolean {
  if (LABEL.test(before)) return true;
  if (DATE.test(figures) || MONEY_BEFORE.test(before) || MONEY_AFTER.test(after)) return false;
  const count = figures.replace(/\D/g, '').length;
  return count >= (/^(?:[+(]|0)/.test(figures) ? LEAST_MARKED : LEAST_UNMARKED);
}

/** The number of characters examined on either side of a number to determine what it is. */
const AROUND = 24;

/**
 * Removes e-mail addresses, handles, telephone numbers, long numbers of organisations, and names after a
 * title or the word "contact". Each is replaced by a mark, so that readers see that something was there.
 * Linear time.
 */
export function withoutContacts(text: string): string {
  const bare = text
    .replace(SPELT, '…')
    .replace(ADDRESS, '…')
    .replace(FIGURES, (figures, at: number, all: string) => {
      const end = at + figures.length;
      return isNumber(figures, all.slice(Math.max(0, at - AROUND), at), all.slice(end, end + AROUND))
        ? '…'
        : figures;
    })
    .replace(CONTACT, '…')
    .replace(NAMED, '…');
  return bare
    .replace(/…(?:[ \t]?…)+/g, '…')
    .replace(/[ \t]+/g, ' ')
    .trim();
}
