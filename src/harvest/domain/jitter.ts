import type { Findings, KnownSourceRecord } from './findings.js';
import { type CallContent, type Deadline, contentHash } from '../../calls/domain/index.js';
import { MINUTE_MS } from '../../kernel/durations.js';

const written = (d: Deadline): number => Date.parse(d.told ?? d.at);

/** Whether two instants are the same one, told with other seconds. */
const jitters = (before: Deadline, now: Deadline): boolean =>
  before.at !== now.at && Math.abs(written(now) - written(before)) < MINUTE_MS;

/** Of an opening only the minute is kept; that it moves by one is no news to anybody. */
const opensAsBefore = (before: string | null, now: string | null): boolean =>
  before !== null &&
  now !== null &&
  before !== now &&
  Math.abs(Date.parse(now) - Date.parse(before)) <= MINUTE_MS;

/**
 * A content with the dates that it had, where its source only jitters by seconds: across the turn of a minute
 * that looks like another minute. A deadline that moves by a minute or more has moved.
 */
export function settled(before: CallContent, now: CallContent): CallContent {
  const same =
    now.deadlines.length === before.deadlines.length &&
    now.deadlines.some((d, i) => jitters(before.deadlines[i]!, d));
  const deadlines = same
    ? now.deadlines.map((d, i) => (jitters(before.deadlines[i]!, d) ? before.deadlines[i]! : d))
    : now.deadlines;
  const opensAt = opensAsBefore(before.opensAt, now.opensAt) ? before.opensAt : now.opensAt;
  return deadlines === now.deadlines && opensAt === now.opensAt ? now : { ...now, deadlines, opensAt };
}

type SeenAgain<K extends KnownSourceRecord> = Findings<K>['back'][number];

/**
 * Leaves out what only jitters: deadlines that are told with other seconds. `said` is what the source said up
 * to now, by key.
 */
export function withoutJitter<K extends KnownSourceRecord>(
  found: Findings<K>,
  contents: Map<string, CallContent>,
): Findings<K> {
  const still = ({ known: k, seen }: SeenAgain<K>): SeenAgain<K> => {
    const content = settled(contents.get(k.key)!, seen.content);
    return {
      known: k,
      seen: content === seen.content ? seen : { ...seen, content, hash: contentHash(content) },
    };
  };
  return {
    ...found,
    changed: found.changed.map(still).filter(({ known: k, seen }) => seen.hash !== k.contentHash),
    back: found.back.map(still),
  };
}
