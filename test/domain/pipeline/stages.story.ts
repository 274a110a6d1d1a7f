import { inProgressSql } from '../../../src/calls/store/institute-calls.js';
import { sayIssue } from '../../../src/i18n/sentences.js';
import { nextStages, OVER, type Stage, STAGES, stepProblem } from '../../../src/pipeline/domain/stage.js';

describe('the stages of an opportunity', () => {
  it('lead from the call that is studied to the contract', () => {
    const way: Stage[] = ['to-study', 'go-no-go', 'preparing', 'submitted', 'reserve-list', 'funded'];
    for (const [i, to] of way.slice(1).entries()) expect(stepProblem(way[i]!, to)).toBeNull();
  });

  it('leave none out that somebody else has to decide: what is not submitted is neither funded nor rejected', () => {
    const before: Stage[] = ['to-study', 'go-no-go', 'preparing', 'no-go', 'withdrawn'];
    for (const from of before)
      for (const to of ['funded', 'rejected', 'reserve-list'] as Stage[])
        expect(stepProblem(from, to)?.code).toMatch(/-follows?$/);
  });

  it('say what may follow where one may not', () => {
    expect(sayIssue('en', stepProblem('to-study', 'funded')!)).toBe(
      'cannot follow to-study; use one of: go-no-go, preparing, no-go, withdrawn',
    );
    expect(sayIssue('en', stepProblem('funded', 'funded')!)).toBe('is funded already');
  });

  it('leave one that only a newer version knows to that version', () => {
    const newer = 'unheard-of' as Stage;
    expect(nextStages(newer)).toEqual([]);
    expect(sayIssue('en', stepProblem(newer, 'funded')!)).toBe('cannot follow unheard-of');
  });

  it('end a bid for whoever asks which calls an institute works on, too', () => {
    expect(inProgressSql('o')).toBe(`o.stage NOT IN (${OVER.map((stage) => `'${stage}'`).join(', ')})`);
  });

  it('can all be reached from the first, and none is a dead end', () => {
    const reached = new Set<Stage>(['to-study']);
    for (const stage of reached) nextStages(stage).forEach((next) => reached.add(next));
    expect([...reached].sort()).toEqual([...STAGES].sort());
    expect(STAGES.filter((s) => nextStages(s).length === 0)).toEqual([]);
    expect(OVER.every((s) => !nextStages(s).includes('submitted'))).toBe(true);
  });
});
