import type { Findings, KnownSourceRecord } from './findings.js';
import type { CallContent, Deadline } from '../../calls/domain/call-content.js';
import { contentHash } from '../../calls/domain/versions/content-hash.js';
import { MINUTE_MS } from '../../kernel/durations.js';

const written = (d: Deadline): number => Date.parse(d.told ?? d.at);

/** Whether two instants differ only in their seconds. */
const jitters = (before: Deadline, now: Deadline): boolean =>
  before.at !== now.at && Math.abs(written(now) - written(before)) < MINUTE_MS;

/** Openings are stored to the minute; a shift by one minute is no news. */
const opensAsBefore = (before: string | null, now: string | null): boolean =>
  before !== null &&
  now !== null &&
  before !== now &&
  Math.abs(Date.parse(now) - Date.parse(before)) <= MINUTE_MS;

/**
 * Returns the content with its previous dates if the source only jitters by seconds, which around a full
 * minute looks like another minute. A deadline that moves by a minute or more has moved.
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
 * Drops changes that are only jitter: deadlines that differ in seconds. `contents` is the stored content by
 * key.
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
