import { history, type History } from './day-portal.js';
import type { TestPortal } from './portal.js';

const topic = (n: number) => `900000${String(n).padStart(2, '0')}TOPICSen`;
const external = (n: number) => `90000${n}PROSPECTSEN`;
const DAYS = [
  '2026-05-06',
  '2026-05-07',
  '2026-05-08',
  '2026-05-09',
  '2026-05-10',
  '2026-05-11',
  '2026-05-12',
  '2026-05-13',
] as const;
const [, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH, EIGHTH] = DAYS;

/** The day on which nothing can be read, if the test says so. */
export const BAD_DAY = FOURTH;

/** Samples of several kinds, named by what happens to them. */
const [
  LIKE,
  EXTENDED,
  TWO_STAGE,
  RICHER,
  RENAMED,
  FORTHCOMING,
  CONDITIONS,
  FORWARD,
  DROPPED,
  DROPPED_LATE,
  FLICKERS,
  BOTH,
] = [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13].map(topic) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];
/** Its deadline is on the sixth day at 17:00 in Brussels. */
const CLOSES = topic(38);
/** Has several cut-offs. */
const CUT_OFFS = topic(17);

/**
 * Makes changes that no reader would call changes: white space, order within sets, seconds, indexing time.
 */
function noise(portal: TestPortal, n: number): void {
  for (const { reference, metadata } of [...portal.records].filter((_, i) => i % 3 === n % 3)) {
    portal.edit(reference, {
      ...(metadata['keywords'] && { keywords: [...metadata['keywords']].reverse() }),
      ...(metadata['deadlineDate'] && {
        deadlineDate: metadata['deadlineDate'].map((d) =>
          d.includes('T00:00') ? d : d.replace(/:\d\d\.000/, `:${10 + n}.000`),
        ),
      }),
      descriptionByte: [metadata['descriptionByte']![0]!.replaceAll('<p>', '<p>&nbsp;\n')],
      title: [` ${metadata['title']![0]!.trim()}\u00a0`],
      esDA_IngestDate: [`2026-05-0${n}T04:00:00.000+0000`],
    });
  }
}

/** Moves some deadlines of a record by this many days. */
function moved(portal: TestPortal, reference: string, ...days: number[]): void {
  const dates = portal.find(reference).metadata['deadlineDate']!;
  portal.deadline(
    reference,
    ...dates.map((d, i) =>
      new Date(Date.parse(d) + (days[i] ?? 0) * 86_400_000).toISOString().replace('Z', '+0000'),
    ),
  );
}

/** Returns 360 calls over eight days, and everything that happens to them. */
export function eightDays(): Promise<History> {
  let back: ReturnType<TestPortal['remove']> = [];
  const happens: Record<string, (portal: TestPortal) => void> = {
    [SECOND]: (portal) => {
      portal.addLike(LIKE, 'twin');
      moved(portal, EXTENDED, 14);
      portal.remove(DROPPED);
    },
    [THIRD]: (portal) => {
      portal.edit(FORTHCOMING, { status: ['31094502'] });
      moved(portal, TWO_STAGE, 0, 21);
      portal.title(RENAMED, 'Another title');
    },
    [FOURTH]: (portal) => portal.budget(RICHER, 77_000_000),
    [FIFTH]: (portal) => {
      portal.edit(CONDITIONS, { topicConditions: ['<p>At least four partners.</p>'] });
      moved(portal, FORWARD, -10);
    },
    [SIXTH]: (portal) => {
      portal.remove(CLOSES);
      back = portal.remove(FLICKERS);
      moved(portal, CUT_OFFS, 7, 0, -7);
    },
    [SEVENTH]: (portal) => {
      portal.add(...back);
      portal.title(BOTH, 'Another title and another budget');
      portal.budget(BOTH, 66_000_000);
      moved(portal, external(1), 3);
    },
    // Too late to be certain.
    [EIGHTH]: (portal) => void portal.remove(DROPPED_LATE),
  };
  return history(
    DAYS[0],
    Object.fromEntries(
      DAYS.slice(1).map((day, i) => [
        day,
        (portal: TestPortal) => {
          happens[day]!(portal);
          noise(portal, i + 1);
        },
      ]),
    ),
  );
}

/** Returns a line of an events file. */
const line = (day: string, kind: string, reference: string): string =>
  JSON.stringify({ day, kind, reference });

/** The first new call gets the reference that `addLike` assigns. */
const TWIN = '90005361TOPICSen';

/** What happened, and when it could be known, with the fourth day unreadable. */
export const HAPPENED: string[] = [
  line(SECOND, 'extended', EXTENDED),
  line(SECOND, 'new', TWIN),
  line(THIRD, 'extended', TWO_STAGE),
  line(THIRD, 'opened', FORTHCOMING),
  line(THIRD, 'text', RENAMED),
  line(FIFTH, 'budget', RICHER),
  line(FIFTH, 'conditions', CONDITIONS),
  line(FIFTH, 'forward', FORWARD),
  line(FIFTH, 'withdrawn', DROPPED),
  line(SIXTH, 'extended', CUT_OFFS),
  line(SIXTH, 'forward', CUT_OFFS),
  line(SEVENTH, 'budget', BOTH),
  line(SEVENTH, 'extended', external(1)),
  line(SEVENTH, 'text', BOTH),
  line(EIGHTH, 'closed', CLOSES),
].sort();
