import { brusselsDate } from '../../kernel/brussels.js';
import { MINUTE_MS } from '../../kernel/durations.js';
import { isOver, type ListedTopic } from './list.js';

/** What a source's pages or its list say about a topic. Instants in ISO 8601. */
interface Stated {
  status: 'forthcoming' | 'open' | 'closed';
  deadlines: string[];
}

export const DISAGREEMENTS = ['only-in-list', 'only-in-search', 'deadline', 'status'] as const;
type Disagreement = (typeof DISAGREEMENTS)[number];

/** A topic in the list, and since when; `droppedAt`: since when it is no longer listed. */
export interface Listed {
  topic: ListedTopic;
  firstListedAt: Date;
  changedAt: Date;
  droppedAt: Date | null;
}

/** A topic on the source's pages, and since when; `missingSince`: since when it is no longer shown. */
export interface Shown extends Stated {
  reference: string;
  firstSeenAt: Date;
  changedAt: Date;
  missingSince: Date | null;
  isOver: boolean;
}

/** A disagreement between the two, and since when it has existed. */
export interface ReconciliationItem {
  reference: string;
  what: Disagreement;
  search: Stated | null;
  list: Stated | null;
  since: Date;
}

/**
 * Returns the days that an instant may mean. Midnight in Brussels means the day that begins there; otherwise
 * it is unclear whether the day is that of Brussels or of UTC.
 */
function readDays(at: string): string[] {
  const instant = new Date(at);
  const day = brusselsDate(instant);
  const isMidnight = brusselsDate(new Date(instant.getTime() - MINUTE_MS)) !== day;
  return isMidnight ? [day] : [instant.toISOString().slice(0, 10), day];
}

/** A cache: hundreds of topics close at the same few instants, and date conversion is slow. */
const MOST_KNOWN = 2_000;
const known = new Map<string, string[]>();

function daysOf(at: string): string[] {
  const days = known.get(at) ?? readDays(at);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(at, days);
  return days;
}

/**
 * Whether two lists of deadlines fall on the same days: the list gives no times, and the pages those of a
 * rule.
 */
export function sameDays(a: string[], b: string[]): boolean {
  const [x, y] = [[...a].sort(), [...b].sort()];
  return (
    x.length === y.length &&
    x.every((at, i) => at === y[i] || daysOf(at).some((day) => daysOf(y[i]!).includes(day)))
  );
}

const statedBy = ({ status, deadlines }: Stated): Stated => ({ status, deadlines });
const later = (a: Date, b: Date): Date => (a > b ? a : b);

function between(listed: Listed, shown: Shown): ReconciliationItem[] {
  const { topic } = listed;
  const of = (what: Disagreement): ReconciliationItem => ({
    reference: topic.reference,
    what,
    search: statedBy(shown),
    list: statedBy(topic),
    since: later(listed.changedAt, shown.changedAt),
  });
  return [
    ...(sameDays(topic.deadlines, shown.deadlines) ? [] : [of('deadline')]),
    ...(topic.status === shown.status ? [] : [of('status')]),
  ];
}

/** Whether the topic is over on both sides. A list without deadlines does not contradict that. */
const bothOver = ({ topic }: Listed, { isOver: pageIsOver }: Shown, now: Date): boolean =>
  pageIsOver && (topic.deadlines.length === 0 || isOver(topic, now));

/**
 * What is known about a source's list besides its topics: since when, and the references of its unreadable
 * items.
 */
export interface KnownList {
  readAt: Date;
  unread: string[];
}

/**
 * Returns where a source's list and its pages disagree on a topic: only in one of them, another deadline,
 * another status. A topic that is over by our clock is ignored, unless it is over only by one side's
 * deadlines.
 */
export function reconcile(
  listed: Listed[],
  shown: Shown[],
  { readAt, unread }: KnownList,
  now: Date,
): ReconciliationItem[] {
  const pages = new Map(shown.map((s) => [s.reference, s]));
  const lists = new Map(listed.map((l) => [l.topic.reference, l]));
  const unclear = new Set(unread);
  const inList = listed
    .filter((l) => l.droppedAt === null && !unclear.has(l.topic.reference))
    .flatMap((l): ReconciliationItem[] => {
      const page = pages.get(l.topic.reference);
      if (page && page.missingSince === null) return bothOver(l, page, now) ? [] : between(l, page);
      if (isOver(l.topic, now)) return [];
      return [
        {
          reference: l.topic.reference,
          what: 'only-in-list',
          search: null,
          list: statedBy(l.topic),
          since: page?.missingSince ?? l.firstListedAt,
        },
      ];
    });
  const isAlone = (s: Shown): boolean =>
    s.missingSince === null &&
    !s.isOver &&
    s.status !== 'closed' &&
    lists.get(s.reference)?.droppedAt !== null &&
    !unclear.has(s.reference);
  const onPages = shown.filter(isAlone).map((s): ReconciliationItem => {
    const since = lists.get(s.reference)?.droppedAt ?? later(s.firstSeenAt, readAt);
    return { reference: s.reference, what: 'only-in-search', search: statedBy(s), list: null, since };
  });
  return [...inList, ...onPages].sort(
    (a, b) => b.since.getTime() - a.since.getTime() || a.reference.localeCompare(b.reference),
  );
}
