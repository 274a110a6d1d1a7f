import { z } from 'zod';
import { foldLine } from '../../../calls/domain/visible-text.js';
import { ListedTopic } from '../../domain/list.js';
import { whyUnread } from './answer.js';
import { notesOf } from './notes.js';
import { PortalMs } from './portal-date.js';

/** The Commission's own tenders have type 0. */
const TOPIC = 1;
const Item = z.object({ type: z.number().int() });
const WithStatus = z.object({ status: z.object({ abbreviation: z.string() }) });

const STATUSES: Record<string, ListedTopic['status'] | 'closed'> = {
  Forthcoming: 'forthcoming',
  Open: 'open',
  Closed: 'closed',
};

const Numbered = z.object({
  ccm2Id: z.union([z.number().int().positive().transform(String), z.string().regex(/^\d{1,15}$/)]),
});

const Topic = Numbered.extend({
  identifier: z.string().trim().min(1),
  title: z.string().transform(foldLine).pipe(z.string().min(1)),
  // An invalid publication date does not invalidate a topic.
  publicationDateLong: PortalMs.nullish().catch(null),
  plannedOpeningDateLong: PortalMs.nullish(),
  deadlineDatesLong: z.array(PortalMs).nullish(),
  latestInfos: z.array(z.unknown()).nullish(),
});

/**
 * The result of reading an item. `unclear`: it does not state whether it is a living topic; `unread`: it is,
 * or may be, with an unknown status.
 */
export type ReadItem =
  | { is: 'other' | 'closed' }
  | { is: 'living'; topic: ListedTopic; unreadNotes: string[] }
  | { is: 'unclear'; why: string }
  | { is: 'unread'; why: string };

const instant = (ms: number): string => new Date(ms).toISOString();
const instantOrNone = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined ? null : instant(ms);

const referenceOf = (number: string): string => `${number}TOPICSen`;

/** Returns the key of an item in the search; null if its number cannot be read. */
export function itemReference(item: unknown): string | null {
  const read = Numbered.safeParse(item);
  return read.success ? referenceOf(read.data.ccm2Id) : null;
}

function living(item: unknown, status: ListedTopic['status']): ReadItem {
  const {
    ccm2Id: number,
    identifier,
    title,
    publicationDateLong,
    plannedOpeningDateLong,
    deadlineDatesLong,
    latestInfos,
  } = Topic.parse(item);
  const { notes, unread: unreadNotes } = notesOf(latestInfos ?? [], identifier);
  const [publishedAt, opensAt] = [instantOrNone(publicationDateLong), instantOrNone(plannedOpeningDateLong)];
  const topic = {
    reference: referenceOf(number),
    number,
    identifier,
    title,
    status,
    publishedAt,
    opensAt,
    deadlines: (deadlineDatesLong ?? []).map(instant),
    notes,
  };
  return { is: 'living', topic: ListedTopic.parse(topic), unreadNotes };
}

/** Reads an item of the portal's list. For closed topics and other items only that fact is returned. */
export function readItem(item: unknown): ReadItem {
  const kind = Item.safeParse(item);
  if (!kind.success) return { is: 'unclear', why: whyUnread(kind.error) };
  if (kind.data.type !== TOPIC) return { is: 'other' };
  const told = WithStatus.safeParse(item);
  if (!told.success) return { is: 'unclear', why: whyUnread(told.error) };
  const { abbreviation } = told.data.status;
  const status = Object.hasOwn(STATUSES, abbreviation) ? STATUSES[abbreviation] : undefined;
  if (status === undefined) return { is: 'unread', why: `status is "${abbreviation}", which is not known` };
  if (status === 'closed') return { is: 'closed' };
  try {
    return living(item, status);
  } catch (error) {
    return { is: 'unread', why: whyUnread(error) };
  }
}
