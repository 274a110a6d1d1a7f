import { z } from 'zod';
import { inBrussels } from '../../calls/domain/index.js';
import type { SourceRequest } from './request.js';

/** A note that the source publishes on a call: the day as written there, and its words. */
export const ParsedNote = z.object({
  identifier: z.string().min(1),
  day: z.iso.date(),
  text: z.string().min(1),
});
export type ParsedNote = z.infer<typeof ParsedNote>;

/** A topic as the source's own list tells it, without its texts. Instants in UTC, ISO 8601. */
export const ListedTopic = z.object({
  /** The key that the source's pages have for it in English. */
  reference: z.string().min(1),
  number: z.string().min(1),
  identifier: z.string().min(1),
  title: z.string().min(1),
  status: z.enum(['forthcoming', 'open']),
  /** When the source says that it published it. */
  publishedAt: z.iso.datetime().nullable(),
  opensAt: z.iso.datetime().nullable(),
  /** In the source's order. */
  deadlines: z.array(z.iso.datetime()),
  /** In the source's order. */
  notes: z.array(ParsedNote),
});
export type ListedTopic = z.infer<typeof ListedTopic>;

/**
 * Whether the day of its last deadline has passed: the list tells no times, and on the day itself a topic
 * still lives. One without deadlines is not over.
 */
export const isOver = ({ deadlines }: Pick<ListedTopic, 'deadlines'>, now: Date): boolean =>
  deadlines.length > 0 && deadlines.every((at) => inBrussels(at).slice(0, 10) < inBrussels(now).slice(0, 10));

/** What a list holds. Of what is closed nothing is kept but that it was counted. */
export const ParsedList = z.object({
  /** Of every kind: topics and what else stands in the list. */
  items: z.number().int().nonnegative(),
  /** Closed ones too. */
  topics: z.number().int().nonnegative(),
  /** The topics that are forthcoming or open. */
  living: z.array(ListedTopic),
  /** Items, and notes of a topic, that could not be read, each with the reason. */
  unread: z.array(z.object({ reference: z.string().nullable(), why: z.string() })),
});
export type ParsedList = z.infer<typeof ParsedList>;

/**
 * The one document in which a source lists all that it publishes, too large to be held: it is read as it
 * comes.
 */
export interface SourceList {
  /** Scheme, host and port, which need not be those of the pages. The operator may point it elsewhere. */
  origin: string;
  path: string;
  /** Hours between two readings. */
  everyHours: number;
  /**
   * One request for each of these topics: what it says in full. Beside them what is to be known as often as
   * the list is read.
   */
  details(topics: ListedTopic[]): SourceRequest[];
  /**
   * From bytes, cut anywhere, to topics. Throws ShapeError where the document is not in the known form; an
   * error of `chunks` as it is.
   */
  parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedList>;
}
