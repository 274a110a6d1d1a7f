import { z } from 'zod';
import { ShapeError } from '../../../../kernel/errors.js';
import { type Coded, type ParsedPartnerPage, ParsedPartnerSearch } from '../../../domain/partner-search.js';
import type { RawDocument } from '../../../domain/source.js';
import { withoutContacts } from '../../../domain/without-contacts.js';
import { htmlToText } from '../../_kit/html-text.js';
import { Fields, portalDate, readJson, rowOf, SearchAnswer, whyUnread } from '../../_kit/portal/row.js';
import { NAMES_KEY } from './plan-partners.js';

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

/** Some names are URL-encoded: "Erasmus%2B". Malformed ones are left as they are. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name).trim();
  } catch {
    return name.trim();
  }
}

/** A facet value without a name repeats the code. */
function namesIn(facets: z.infer<typeof Facets>['facets'], field: string): Coded[] {
  return facets
    .filter((f) => f.name === field)
    .flatMap((f) => f.values)
    .flatMap(({ rawValue, value }) => {
      const [code, name] = [String(rawValue), decoded(value)];
      return name && name !== code ? [{ code, name: name.slice(0, 200) }] : [];
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

function summaryOf(html: string | undefined): string | null {
  const text = html === undefined ? '' : withoutContacts(htmlToText(html));
  return text.slice(0, LONGEST_SUMMARY).trim() || null;
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
    const { reference, metadata } = rowOf(row);
    const fields = new Fields(metadata);
    key = fields.first('announcementId') ?? reference;
    const search = readAnnouncement(fields, key);
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
