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
