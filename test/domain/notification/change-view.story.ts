import fc from 'fast-check';
import type { Change } from '../../../src/calls/domain/versions/diff.js';
import {
  type ChangeView,
  changeViews,
  diffRoom,
} from '../../../src/notifications/domain/content/item-view.js';
import { tellable } from '../../support/notifications/sample-calls-to-tell.js';

const view = (changes: Change[], characters = 4_000): ChangeView[] =>
  changeViews({ changes, call: tellable(), total: 'topic' }, 'en', diffRoom(characters));
const text = (from: string | null, to: string | null, field = 'sections.Scope'): Change => ({
  kind: 'text',
  field,
  from,
  to,
});
const shown = ({ differences }: ChangeView): string[] =>
  differences.map((pieces) =>
    pieces.map((p) => (p.op === 'same' ? p.text : `${p.op === 'added' ? '+' : '-'}${p.text}|`)).join(''),
  );

describe('what changed, for people', () => {
  it('keeps white space outside of what is marked, and some between what went and what came', () => {
    expect(
      shown(
        view([
          text(
            'In all 5 million are given to such projects.\nNo more.',
            'In all 10 million are given to such projects, if any.\nNo more.',
          ),
        ])[0]!,
      ),
    ).toEqual(['In all -5| +10| million are given to such projects+, if any|. No more.']);
  });

  it('tells of a list what it lost and gained', () => {
    expect(
      shown(view([{ kind: 'details', field: 'typesOfAction', from: ['RIA', 'IA'], to: ['IA', 'CSA'] }])[0]!),
    ).toEqual(['-RIA| +CSA|']);
  });

  it('tells of several conditions in one sentence, two of them in full', () => {
    const [one, ...others] = view(
      ['A', 'B', 'C'].map((name) => ({
        ...text(`${name} old`, `${name} new`, `sections.${name}`),
        kind: 'conditions' as const,
      })),
    );
    expect(others).toEqual([]);
    expect([one!.sentence, shown(one!), one!.whole]).toEqual([
      'The conditions changed.',
      ['A -old| +new|', 'B -old| +new|'],
      false,
    ]);
  });

  it('shows the beginning of both forms of a text that was written anew', () => {
    const [one] = view([text('former words '.repeat(200), 'quite others here '.repeat(200))]);
    expect(shown(one!)[0]).toMatch(/^-former .*…\| \+quite others .*…\|$/);
    expect(one!.whole).toBe(false);
  });

  it('shows nothing where the sentence says what it was before, or nobody would read it', () => {
    const quiet: Change[] = [
      text('Old', 'New', 'title'),
      { kind: 'details', field: 'alsoAt', from: ['https://a.eu'], to: ['https://b.eu'] },
      { kind: 'opening', field: 'opensAt', from: null, to: '2026-05-01T00:00:00.000Z' },
    ];
    expect(view(quiet).map((v) => [v.differences, v.whole])).toEqual([
      [[], true],
      [[], true],
      [[], true],
    ]);
  });

  it('says where there is more even where there is room for nothing', () => {
    expect(view([text('old', 'new')], 0).map((v) => [v.differences, v.whole])).toEqual([[[], false]]);
  });

  it('never takes more room than there is, however much has changed', () => {
    const piece = fc.string({ maxLength: 400 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(piece, piece), { maxLength: 6 }),
        fc.integer({ min: 0, max: 600 }),
        (texts, room) => {
          const views = view(
            texts.map(([from, to], i) => text(from, to, `sections.${i}`)),
            room,
          );
          const characters = views
            .flatMap((v) => v.differences.flat())
            .filter((p) => p.op !== 'same')
            .reduce((n, p) => n + p.text.length, 0);
          expect(characters).toBeLessThanOrEqual(room + views.length);
          for (const { op, text: t } of views.flatMap((v) => v.differences.flat()))
            expect(op === 'same' || t === t.trim()).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});
