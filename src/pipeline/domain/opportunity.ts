import { z } from 'zod';
import { issue } from '../../kernel/issues.js';
import { webAddress } from '../../kernel/web-address.js';
import { Day } from '../../kernel/brussels.js';

export const LEADS = ['inside', 'outside'] as const;
export const ROLES = ['coordinator', 'partner', 'associated', 'subcontractor'] as const;
export type Lead = (typeof LEADS)[number];
export type Role = (typeof ROLES)[number];

const text = (most: number) => z.string().trim().min(1).max(most).nullable();
const amount = z.number().min(0).max(1e12).nullable();
const day = Day.nullable();

/** A document of a bid, where it lies: the draft, the budget, the evaluation report. */
const BidDocument = z.strictObject({
  label: z.string().trim().min(1).max(200),
  url: z
    .string()
    .trim()
    .max(2_000)
    .refine((url) => webAddress(url) !== null, issue('web-address')),
});
export type BidDocument = z.infer<typeof BidDocument>;

/** A document as a line of text: what it is, then its address. */
export const documentLine = ({ label, url }: BidDocument): string =>
  label === url ? url : `${label} ${url}`;
/** The same read back, unchecked. */
export const documentIn = (line: string): BidDocument => {
  const url = line.trim().split(/\s+/).at(-1)!;
  return { label: line.slice(0, line.lastIndexOf(url)).trim() || url, url };
};
/** So many documents are kept of a bid. */
const MOST_DOCUMENTS = 20;
/** Returns the documents of a text, one a line, and the lines that have no web address, or are too many. */
export function documentsIn(text: string): { documents: BidDocument[]; unread: string[] } {
  const [documents, unread]: [BidDocument[], string[]] = [[], []];
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const read = BidDocument.safeParse(documentIn(line));
    if (read.success && documents.length < MOST_DOCUMENTS) documents.push(read.data);
    else unread.push(line.trim());
  }
  return { documents, unread };
}

/** What an institute records about a bid. */
export const FACTS = {
  acronym: text(50).describe('the short name of the project'),
  lead: z.enum(LEADS).nullable().describe('whether the institute or someone else leads the bid'),
  leadName: text(200).describe('who leads it'),
  role: z.enum(ROLES).nullable().describe("the institute's role in the consortium"),
  partners: z.array(z.string().trim().min(1).max(200)).max(100),
  requested: amount.describe('the contribution requested by the consortium'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, issue('currency'))
    .describe('of both amounts'),
  share: amount.describe("the institute's share of it"),
  probability: z.number().int().min(0).max(100).nullable().describe('probability of success, in percent'),
  proposalNumber: text(60).describe('as given by the portal'),
  decideBy: day.describe('the day of the go/no-go decision'),
  signedOn: day.describe('when the grant agreement was signed'),
  documents: z.array(BidDocument).max(MOST_DOCUMENTS).describe('where its documents lie'),
};

const Facts = z.strictObject(FACTS);
export type Facts = z.infer<typeof Facts>;

/** The share cannot exceed the whole. */
export const isShareTooLarge = ({ requested, share }: Pick<Facts, 'requested' | 'share'>): boolean =>
  requested !== null && share !== null && share > requested;

/** Some of the facts; those left out are unchanged. */
export const FactsChange = Facts.partial().superRefine(({ requested = null, share = null }, context) => {
  if (isShareTooLarge({ requested, share }))
    context.addIssue({ code: 'custom', path: ['share'], message: issue('share-above-requested').error });
});
export type FactsChange = z.infer<typeof FactsChange>;

export const NO_FACTS: Facts = {
  acronym: null,
  lead: null,
  leadName: null,
  role: null,
  partners: [],
  requested: null,
  currency: 'EUR',
  share: null,
  probability: null,
  proposalNumber: null,
  decideBy: null,
  signedOn: null,
  documents: [],
};
