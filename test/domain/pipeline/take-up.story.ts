import type { Stage } from '../../../src/pipeline/domain/stage.js';
import { followUps, type Known } from '../../../src/pipeline/domain/take-up.js';

const day = (n: number): Date => new Date(Date.UTC(2026, 5, n));
const known = (told: Partial<Known>): Known => ({
  verdict: null,
  reason: null,
  verdictBy: null,
  verdictById: null,
  verdictAt: null,
  asked: null,
  yes: null,
  over: false,
  now: day(20),
  opportunity: null,
  ...told,
});
const relevant = { verdict: 'relevant' as const, verdictBy: 'Olga', verdictById: 'olga', verdictAt: day(3) };
const asked = { by: 'Otto', personId: 'otto', at: day(2) };
const yes = { by: 'Rita', proposalId: 'asked-rita', at: day(5) };
const at = (stage: 'to-study' | 'go-no-go' | 'preparing' | 'no-go', since: number, untouched = false) => ({
  opportunity: { stage, stageAt: day(since), untouched, ended: null },
});

describe('what follows for the pipeline', () => {
  it('begins with the first of a verdict, a call to study and a proposal, under the name of whoever did it', () => {
    expect(followUps(known(relevant))).toEqual([
      { does: 'begin', because: 'relevant', by: 'Olga', personId: 'olga', at: day(3) },
    ]);
    expect(followUps(known({ ...relevant, verdict: 'study' }))).toMatchObject([{ because: 'study' }]);
    expect(followUps(known({ ...relevant, asked }))).toEqual([{ does: 'begin', because: 'asked', ...asked }]);
  });

  it('is nothing of a call that is put off, refused, over, or that nobody decided on', () => {
    for (const told of [
      {},
      { ...relevant, over: true },
      { ...relevant, verdict: 'not' as const, asked },
      { ...relevant, verdict: 'later' as const },
    ])
      expect(followUps(known(told))).toEqual([]);
  });

  it('is the decision after a yes, once: moved back by a person it stays', () => {
    expect(followUps(known({ ...relevant, asked, yes }))).toMatchObject([
      { does: 'begin' },
      { does: 'move', to: 'go-no-go', because: 'yes', by: 'Rita', proposalId: 'asked-rita' },
    ]);
    expect(followUps(known({ ...relevant, asked, yes, ...at('to-study', 3) }))).toMatchObject([
      { to: 'go-no-go' },
    ]);
    expect(followUps(known({ ...relevant, asked, yes, ...at('to-study', 6) }))).toEqual([]);
    expect(followUps(known({ ...relevant, asked, yes, ...at('preparing', 3) }))).toEqual([]);
  });

  it('is the end of what was not decided yet where the call is not for the institute, with the reason', () => {
    const not = {
      verdict: 'not' as const,
      reason: 'trl' as const,
      verdictBy: 'Olga',
      verdictById: 'olga',
      verdictAt: day(7),
    };
    expect(followUps(known({ ...not, ...at('go-no-go', 5) }))).toEqual([
      { does: 'move', to: 'no-go', because: 'trl', by: 'Olga', personId: 'olga', at: day(7) },
    ]);
    expect(followUps(known({ ...not, ...at('to-study', 8) }))).toEqual([]);
    expect(followUps(known({ ...not, ...at('preparing', 5) }))).toEqual([]);
  });

  it('goes on with what only a "not for us" ended, once that is taken back or decided otherwise', () => {
    const ended = { by: 'Otto', personId: 'otto', at: day(7) };
    const from = (stage: Stage) => ({
      opportunity: {
        stage: 'no-go' as const,
        stageAt: day(7),
        untouched: false,
        ended: { ...ended, from: stage },
      },
    });
    const over = from('to-study');
    expect(followUps(known({ ...relevant, ...over }))).toEqual([{ does: 'reopen', ...ended, at: day(20) }]);
    expect(followUps(known(over))).toEqual([{ does: 'reopen', ...ended, at: day(20) }]);
    expect(followUps(known({ ...relevant, verdictAt: day(9), ...over }))).toEqual([
      { does: 'reopen', by: 'Olga', personId: 'olga', at: day(9) },
    ]);
    expect(followUps(known({ ...relevant, verdict: 'not', ...over }))).toEqual([]);
    // A yes that came meanwhile asks for the decision then; an earlier one has done so before.
    const meanwhile = { ...yes, at: day(8) };
    expect(followUps(known({ ...relevant, asked, verdictAt: day(9), yes: meanwhile, ...over }))).toEqual([
      { does: 'reopen', by: 'Olga', personId: 'olga', at: day(9) },
      { does: 'move', to: 'go-no-go', because: 'yes', by: 'Rita', proposalId: 'asked-rita', at: day(9) },
    ]);
    expect(followUps(known({ asked, yes, ...over }))).toHaveLength(1);
    expect(followUps(known({ asked, yes: meanwhile, ...from('go-no-go') }))).toHaveLength(1);
    expect(followUps(known({ ...relevant, ...at('no-go', 7) }))).toEqual([]);
  });

  it('goes where the verdict is taken back and nobody has done anything with it', () => {
    expect(followUps(known(at('to-study', 3, true)))).toEqual([{ does: 'drop' }]);
    expect(followUps(known({ asked, ...at('to-study', 3, true) }))).toEqual([]);
    expect(followUps(known(at('to-study', 3)))).toEqual([]);
  });
});
