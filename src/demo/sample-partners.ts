import type { PortalRecord } from './sample-records.js';
import { DAY_MS } from '../kernel/durations.js';

/** Texts of invented organisations in the portal's form: HTML as people type it. */
const WORDS: { wants: 'OFFER' | 'REQUEST'; says: string }[] = [
  {
    wants: 'OFFER',
    says: '<p>We offer pilot-scale testing and demonstration in our own hall, and bring two industrial users.</p>',
  },
  {
    wants: 'REQUEST',
    says: '<p>We look for a coordinator with experience of lump-sum projects.</p><ul><li>modelling</li><li>characterisation</li></ul>',
  },
  {
    wants: 'OFFER',
    says: '<p>Life-cycle assessment &amp; sustainability. Contact: Dr Sam Sample, sam.sample@example.org, tel. +32 2 555 01 23.</p>',
  },
  { wants: 'REQUEST', says: '<p>A research partner for data management and machine learning is wanted.</p>' },
];
const COUNTRIES = ['20000873', '20000883', '20000922', '20000839', '20009999'];
/** Codes for kinds of organisation. The index's facet names two of them and not the third. */
const KINDS = { '31094440': 'Sample research organisation', '31094441': 'Sample company', '31094442': null };

const numberOf = (reference: string): number => Number(/^\d+/.exec(reference)![0]);

/** Returns one announcement in the index of partner searches, by an invented organisation or person. */
export function announcement(
  topic: PortalRecord,
  n: number,
  at: Date,
  over: Record<string, string[]> = {},
): PortalRecord {
  const number = numberOf(topic.reference);
  const { wants, says } = WORDS[(number + n) % WORDS.length]!;
  const title = topic.metadata['title']![0]!;
  return {
    reference: `${number}${n}ANNOUNCEMENT`,
    url: 'NA',
    language: 'en',
    content: title,
    metadata: {
      type: ['ANNOUNCEMENT'],
      announcementId: [`${number}${n}`],
      announcementType: ['ORGANISATION'],
      topics: topic.metadata['identifier']!,
      title: [title],
      name: [`[SAMPLE] Organisation ${number % 97}`],
      pic: [`90${number % 10_000_000}`],
      country: [COUNTRIES[(number + n) % COUNTRIES.length]!],
      organisationType: [Object.keys(KINDS)[(number + n) % 3]!],
      expertise: [wants],
      announcementSummary: [says],
      requestedDate: [at.toISOString().replace('Z', '+0000')],
      language: ['en'],
      ...over,
    },
  };
}

/**
 * Returns partner searches for some samples: every third topic has one to three, occasionally one by a
 * natural person.
 */
export function partnerRecords(calls: PortalRecord[], today: Date): PortalRecord[] {
  const topics = calls.filter((r) => r.metadata['type']![0] === '1' && numberOf(r.reference) % 3 === 0);
  return topics.flatMap((topic) => {
    const number = numberOf(topic.reference);
    const day = (n: number): Date =>
      new Date(Math.floor(today.getTime() / DAY_MS) * DAY_MS - (n + 1) * DAY_MS);
    const own = Array.from({ length: 1 + (number % 9) / 3 }, (_, n) => announcement(topic, n, day(n)));
    return number % 2
      ? own
      : [
          ...own,
          announcement(topic, 9, day(9), { announcementType: ['PERSON'], name: ['[SAMPLE] Sam Sample'] }),
        ];
  });
}

/** The facets of the index: the meaning of codes, as far as it says. */
export const partnerFacets = {
  apiVersion: '2.144',
  facets: [
    {
      name: 'country',
      values: [
        { rawValue: '20000873', value: 'Germany', count: 1 },
        { rawValue: '20009999', value: 'Sampleland', count: 1 },
      ],
    },
    {
      name: 'organisationType',
      values: Object.entries(KINDS).map(([rawValue, name]) => ({
        rawValue,
        value: name ?? rawValue,
        count: 1,
      })),
    },
  ],
};
