import { z } from 'zod';
import {
  type Coded,
  type ParsedPartnerPage,
  ParsedPartnerSearch,
  type ReadPartnerPage,
} from '../../domain/partner-search.js';
import { rowsIn, totalIn } from '../../domain/partner-validation.js';
import { partOf, type RawDocument, type SourceRequest } from '../../domain/source.js';
import { batches } from '../../../kernel/collections.js';
import { storable } from '../../../kernel/storable.js';
import {
  Fields,
  namesOf,
  PAGE_SIZE,
  portalDate,
  readJson,
  rowOf,
  search,
  SearchAnswer,
  whyUnread,
} from '../_kit/portal/row.js';
import { ShapeError } from '../../../kernel/errors.js';
import { htmlToText } from '../_kit/html-text.js';
import { decoded } from './topic-facts.js';

/**
 * Partner searches have an index of their own, shared with organisations and persons, whose rows are a
 * megabyte each and are not requested.
 */
const INDEX = 'SEDIA_PERSON';
/** The most topics per request. */
const TOPICS_AT_ONCE = 100;
/** The last page that the service returns. */
const REACH_PAGES = 100;
/** The most walks over unsorted pages: rows move between pages from one answer to the next. */
const ROUNDS = 3;

const NAMES_KEY = 'names';

const announcements = (topics?: string[]) => ({
  bool: { must: [{ terms: { type: ['ANNOUNCEMENT'] } }, ...(topics ? [{ terms: { topics } }] : [])] },
});

/**
 * Requests the facets of the index: each code with its name and count. If the service has none, codes stay
 * without names; the rest is still read.
 */
const names = (): SourceRequest => {
  const request = search(
    NAMES_KEY,
    { number: 1, size: 1 },
    { query: announcements(), languages: ['en'] },
    INDEX,
  );
  return { ...request, path: `/search-api/prod/rest/facet?apiKey=${INDEX}&text=***`, mayBeGone: true };
};

/** One walk over the partner searches of some topics. */
class PartnerWalk {
  private readonly done: ReadPartnerPage[];

  constructor(
    private readonly part: string,
    private readonly topics: string[],
    all: ReadPartnerPage[],
  ) {
    this.done = all.filter((d) => partOf(d.key) === part);
  }

  /**
   * Returns the next requests: the first page unsorted, since rows without the sort field would not be
   * counted; if that is not all, the sorted pages; then the unsorted ones again if rows are missing.
   */
  next(): SourceRequest[] {
    if (!this.done.length) return [this.page('any.1', 1)];
    const total = totalIn(this.done);
    if (rowsIn(this.done) >= total) return [];
    const pages = Array.from(
      { length: Math.min(Math.ceil(total / PAGE_SIZE), REACH_PAGES) },
      (_, i) => i + 1,
    );
    for (const walk of ['sorted', ...Array.from({ length: ROUNDS }, (_, i) => `any.${i + 1}`)]) {
      const left = pages.filter((k) => !this.done.some((d) => d.key === this.key(walk, k)));
      if (left.length) return left.map((k) => this.page(walk, k));
    }
    return [];
  }

  private key(walk: string, number: number): string {
    return `${this.part}: ${walk} ${number}`;
  }

  private page(walk: string, number: number): SourceRequest {
    const sort = walk === 'sorted' ? { sort: { field: 'announcementId', order: 'ASC' } } : {};
    return search(
      this.key(walk, number),
      { number, size: PAGE_SIZE },
      { query: announcements(this.topics), languages: ['en'], ...sort },
      INDEX,
    );
  }
}

/**
 * Returns the next requests of a reading: the names of codes once, and the partner searches of all topics, in
 * batches of topics.
 */
export function planPartners(done: ReadPartnerPage[], topics: string[]): SourceRequest[] {
  if (!topics.length) return [];
  const walks = batches(topics, TOPICS_AT_ONCE).flatMap((some, i) =>
    new PartnerWalk(`topics-${i + 1}`, some, done).next(),
  );
  return done.some((d) => d.key === NAMES_KEY) ? walks : [names(), ...walks];
}

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

/**
 * The countries for the portal's country codes. They were gathered from its organisations by a program that
 * others published, and agree with what three more say about single ones. An unknown code gives no country:
 * the codes are alphabetical, but with gaps.
 */
const COUNTRIES: Record<string, string> = {
  '20000832': 'AT',
  '20000839': 'BE',
  '20000841': 'BG',
  '20000860': 'CH',
  '20000871': 'CY',
  '20000872': 'CZ',
  '20000873': 'DE',
  '20000875': 'DK',
  '20000880': 'EE',
  '20000883': 'ES',
  '20000885': 'FI',
  '20000890': 'FR',
  '20000893': 'GB',
  '20000902': 'GR',
  '20000911': 'HR',
  '20000913': 'HU',
  '20000915': 'IE',
  '20000916': 'IL',
  '20000921': 'IS',
  '20000922': 'IT',
  '20000944': 'LT',
  '20000945': 'LU',
  '20000946': 'LV',
  '20000960': 'MT',
  '20000973': 'NL',
  '20000974': 'NO',
  '20000986': 'PL',
  '20000990': 'PT',
  '20000994': 'RO',
  '20001001': 'SE',
  '20001004': 'SI',
  '20001005': 'SK',
  '20001026': 'TR',
  '20001034': 'US',
};

/** Returns the ISO 3166 code (two letters) for the portal's code; null if unknown. */
const countryIso = (code: string | null): string | null => (code === null ? null : (COUNTRIES[code] ?? null));

const Facets = z.object({
  facets: z.array(
    z.object({
      name: z.string(),
      values: z.array(z.object({ rawValue: z.union([z.string(), z.number()]), value: z.string() })),
    }),
  ),
});

const nothing = (): ParsedPartnerPage => ({
  total: null,
  searches: [],
  leftOut: [],
  unread: [],
  names: { countries: [], organisationTypes: [] },
});

/** A facet value without a name repeats the code. */
function namesIn(facets: z.infer<typeof Facets>['facets'], field: string): Coded[] {
  return facets
    .filter((f) => f.name === field)
    .flatMap((f) => f.values)
    .flatMap(({ rawValue, value }) => {
      const [code, name] = [String(rawValue), decoded(value)];
      return name && name !== code ? [{ code, name: storable(name.slice(0, 200)) }] : [];
    });
}

function parseNames(document: RawDocument): ParsedPartnerPage {
  const answer = Facets.safeParse(readJson(document));
  if (!answer.success)
    throw new ShapeError(
      `the portal's names of codes changed shape: ${z.prettifyError(answer.error)}`,
      answer.error,
    );
  const { facets } = answer.data;
  return {
    ...nothing(),
    names: { countries: namesIn(facets, 'country'), organisationTypes: namesIn(facets, 'organisationType') },
  };
}

const LONGEST_SUMMARY = 4_000;
/** Contacts are looked for in this much, so that a cut never leaves a part of one in the summary. */
const LONGEST_READ = 5 * LONGEST_SUMMARY;

function summaryOf(html: string | undefined): string | null {
  const text = html === undefined ? '' : withoutContacts(htmlToText(html).slice(0, LONGEST_READ));
  return storable(text.slice(0, LONGEST_SUMMARY)).trim() || null;
}

const WANTS: Record<string, ParsedPartnerSearch['wants']> = { OFFER: 'offer', REQUEST: 'request' };

function wantsOf(expertise: string | undefined): ParsedPartnerSearch['wants'] {
  const wants = WANTS[expertise?.toUpperCase() ?? ''];
  if (!wants)
    throw new Error(
      expertise === undefined
        ? 'it does not say whether it offers or requests expertise'
        : `its expertise "${expertise}" is neither OFFER nor REQUEST`,
    );
  return wants;
}

/**
 * Returns only searches of organisations: natural persons are marked by their kind, and one without a kind
 * may be a person's.
 */
function readAnnouncement(fields: Fields, id: string): ParsedPartnerSearch | null {
  if (fields.first('announcementType')?.toUpperCase() !== 'ORGANISATION') return null;
  const country = fields.first('country') ?? null;
  const published = fields.first('requestedDate');
  return ParsedPartnerSearch.parse({
    id,
    topics: fields
      .all('topics')
      .map((t) => t.trim())
      .filter(Boolean),
    wants: wantsOf(fields.first('expertise')),
    country,
    countryIso: countryIso(country),
    organisationType: fields.first('organisationType') ?? null,
    summary: summaryOf(fields.first('announcementSummary')),
    publishedAt: published === undefined ? null : portalDate(published),
  });
}

function readInto(page: ParsedPartnerPage, row: unknown): void {
  let key: string | null = null;
  try {
    const { reference, metadata } = namesOf(row);
    key = new Fields(metadata).first('announcementId') ?? reference;
    const search = readAnnouncement(new Fields(rowOf(row).metadata), key);
    if (search) page.searches.push(search);
    else page.leftOut.push(key);
  } catch (error) {
    page.unread.push({ key, why: whyUnread(error) });
  }
}

/**
 * Parses a page of partner searches, or the names of codes. The publisher (name, PIC, contact) is not read at
 * all. Throws ShapeError if the page, or every row of it, is not in the known form.
 */
export function parsePartners(document: RawDocument): ParsedPartnerPage {
  if (document.key === NAMES_KEY) return parseNames(document);
  const answer = SearchAnswer.safeParse(readJson(document));
  if (!answer.success)
    throw new ShapeError(`the portal's answer changed shape: ${z.prettifyError(answer.error)}`, answer.error);
  const page = { ...nothing(), total: answer.data.totalResults };
  for (const row of answer.data.results) readInto(page, row);
  if (page.unread.length > 1 && page.unread.length === answer.data.results.length) {
    throw new ShapeError(
      `the portal's partner searches changed shape, none of ${page.unread.length} could be read: ${page.unread[0]!.why}`,
    );
  }
  return page;
}
