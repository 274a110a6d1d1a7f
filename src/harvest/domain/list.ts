import { z } from 'zod';
import { inBrussels } from '../../kernel/brussels.js';
import type { SourceRequest } from './request.js';

/** A note that the source publishes on a call: the date as written there, and its text. */
export const ParsedNote = z.object({
  identifier: z.string().min(1),
  day: z.iso.date(),
  text: z.string().min(1),
});
export type ParsedNote = z.infer<typeof ParsedNote>;

/** A topic in the source's own list, without its texts. Instants in UTC, ISO 8601. */
export const ListedTopic = z.object({
  /** Its key on the English pages of the source. */
  reference: z.string().min(1),
  number: z.string().min(1),
  identifier: z.string().min(1),
  title: z.string().min(1),
  status: z.enum(['forthcoming', 'open']),
  /** The publication date stated by the source. */
  publishedAt: z.iso.datetime().nullable(),
  opensAt: z.iso.datetime().nullable(),
  /** In the source's order. */
  deadlines: z.array(z.iso.datetime()),
  /** In the source's order. */
  notes: z.array(ParsedNote),
});
export type ListedTopic = z.infer<typeof ListedTopic>;

/**
 * Whether the day of its last deadline has passed: the list gives no times, and a topic still lives on that
 * day. A topic without deadlines is not over.
 */
export const isOver = ({ deadlines }: Pick<ListedTopic, 'deadlines'>, now: Date): boolean =>
  deadlines.length > 0 && deadlines.every((at) => inBrussels(at).slice(0, 10) < inBrussels(now).slice(0, 10));

/** The content of a list. Closed topics are only counted. */
export const ParsedList = z.object({
  /** All kinds: topics and other items. */
  items: z.number().int().nonnegative(),
  /** Including closed ones. */
  topics: z.number().int().nonnegative(),
  /** The topics that are forthcoming or open. */
  living: z.array(ListedTopic),
  /** Items, and notes on a topic, that could not be read, each with the reason. */
  unread: z.array(z.object({ reference: z.string().nullable(), why: z.string() })),
});
export type ParsedList = z.infer<typeof ParsedList>;

/**
 * The single document in which a source lists all it publishes; too large for memory, so it is parsed as a
 * stream.
 */
export interface SourceList {
  /** Scheme, host and port, possibly different from those of the pages. The operator may override it. */
  origin: string;
  path: string;
  /** Hours between two readings. */
  everyHours: number;
  /**
   * Returns one request for the full text of each of these topics, and those for data that is needed as often
   * as the list is read.
   */
  details(topics: ListedTopic[]): SourceRequest[];
  /**
   * Parses bytes, split anywhere, into topics. Throws ShapeError if the document is not in the known form;
   * errors of `chunks` pass through.
   */
  parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedList>;
}

/** What a list is compared with. */
export interface ListPast {
  /**
   * The references of topics that the source's pages show and that are not over; null if the pages were not
   * read recently.
   */
  shown: string[] | null;
  /** The living topics of the last accepted list that are not over yet; null if there was none. */
  before: string[] | null;
}

/**
 * If fewer topics are known, a share of them means nothing: the list must then be as long as its source is
 * known to be.
 */
const FEW = 20;
/**
 * A list lacks 1% of what the search shows, and drops as many in a day; one that was cut in half lacks 50%.
 */
const MOST_LACKING = 0.2;

/** Returns how many of these the list lacks. An item that could not be read is present. */
function lacking(known: string[], { living, unread }: ParsedList): number {
  const listed = new Set([...living, ...unread].map((t) => t.reference));
  return known.filter((reference) => !listed.has(reference)).length;
}

/**
 * Returns why a list is not accepted; null if it is. It is read only once, so no second reading can confirm
 * it: it must agree with the source's pages or, if they cannot be read, with the previous list.
 */
export function listDoubt(
  list: ParsedList,
  { shown, before }: ListPast,
  rules: { expectsAtLeast: number; maxUnreadShare: number },
): string | null {
  const unread = list.unread.length;
  if (unread > Math.max(1, rules.maxUnreadShare * list.living.length))
    return `${unread} of its items could not be read, first of all: ${list.unread[0]!.why}`;
  const known = shown ?? before;
  if (!known || known.length < FEW)
    return list.living.length < rules.expectsAtLeast
      ? `it shows only ${list.living.length} topics that are forthcoming or open`
      : null;
  const count = lacking(known, list);
  const whose = shown ? "that the source's pages show" : 'that the list before it showed';
  return count > MOST_LACKING * known.length
    ? `it lacks ${count} of the ${known.length} topics ${whose}`
    : null;
}
