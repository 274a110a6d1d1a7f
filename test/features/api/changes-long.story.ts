import { randomUUID } from 'node:crypto';
import { eventViews } from '../../../src/calls/api/change-views.js';
import type { EventRow } from '../../../src/calls/store/change.repository.js';

const NOW = new Date('2026-05-06T10:00:00Z');
/** Returns a text in which every tenth word depends on `mark`. */
const text = (words: number, mark: string): string =>
  Array.from({ length: words }, (_, i) => (i % 10 ? `word${i}` : `${mark}${i}`)).join(' ');
const event = (seq: number, words: number): EventRow => ({
  seq: String(seq),
  nth: 1,
  kind: 'text',
  version: 2,
  changes: [{ kind: 'text', field: 'sections.Scope', from: text(words, 'old'), to: text(words, 'new') }],
  deadlines: [],
  seenAt: NOW,
  sourceId: 'test',
  runId: randomUUID(),
  documentHash: null,
  callId: randomUUID(),
  callKind: 'grant',
  language: 'en',
  title: 'A call',
  identifier: null,
  url: null,
  opensAt: null,
  lastDeadlineAt: null,
  sourceStatus: 'open',
  draft: null,
  withdrawnAt: null,
});

describe('a page of events with long texts', () => {
  it('lets others be answered between them', async () => {
    let turns = 0;
    const others = setInterval(() => {
      turns += 1;
    }, 0);
    const views = await eventViews(
      Array.from({ length: 20 }, (_, i) => event(i, 2_000)),
      NOW,
    );
    clearInterval(others);
    expect(views.map((v) => v.id)).toEqual(Array.from({ length: 20 }, (_, i) => `${i}-text`));
    expect(turns).toBeGreaterThan(10);
  });

  it('is bounded in all: behind many edits a text is told in its two forms', async () => {
    const views = await eventViews(
      Array.from({ length: 100 }, (_, i) => event(i, 1_500)),
      NOW,
    );
    const diffOf = (i: number) => views[i]!.changes[0]!.diff!;
    expect(diffOf(0).length).toBeGreaterThan(100);
    expect(diffOf(99)).toEqual([
      { op: 'removed', text: text(1_500, 'old') },
      { op: 'added', text: text(1_500, 'new') },
    ]);
    // A short text is compared word by word as long as anything is left.
    expect((await eventViews([event(1, 30)], NOW))[0]!.changes[0]!.diff!.length).toBeGreaterThan(4);
  });
});
