import type { INestApplicationContext } from '@nestjs/common';
import type { Deadline } from '../../calls/domain/call-content.js';
import type { Change } from '../../calls/domain/versions/diff.js';
import { EventLog } from '../../calls/store/event-log.repository.js';
import { dayOf } from './drafts-told.js';

const closing = (deadlines: unknown): string | null => (deadlines as Deadline[]).at(-1)?.at ?? null;

/** Returns a change in the stand-in's words; none for what it has no word for. */
function told({ kind, field, from, to }: Change, title: string): object[] {
  if (kind === 'new') return [{ kind, after: title }];
  if (kind === 'withdrawn') return [{ kind, before: title }];
  if (kind === 'reappeared') return [{ kind: 'new', after: title }];
  if (field === 'title') return [{ kind: 'changed', field, before: from, after: to }];
  if (field === 'deadlines')
    return [{ kind: 'changed', field: 'closing', before: closing(from), after: closing(to) }];
  return field.startsWith('sections.')
    ? [{ kind: 'changed', field: 'description', before: from, after: to }]
    : [];
}

/**
 * Returns which calls of a source were new, changed and withdrawn. Those of the first reading were there
 * before.
 */
export async function callEvents(
  app: INestApplicationContext,
  sourceId: string,
  source: string,
): Promise<object[]> {
  return (await app.get(EventLog).ofSource(sourceId)).flatMap(({ at, changes, reference, title }) =>
    changes.flatMap((change) =>
      told(change, title).map((event) => ({ day: dayOf(at), source, key: reference, ...event })),
    ),
  );
}
