import fc from 'fast-check';
import type { Coverage } from '../../../src/network/domain/coverage.js';
import { type Team, teamFor } from '../../../src/network/domain/joint-bid.js';

const institute = (profileId: string, ...values: number[]): Coverage => ({
  profileId,
  of: values.map((value) => ({ value, terms: [profileId] })),
  fit: 50,
});
const fitting = (one: Coverage, fit: number): Coverage => ({ ...one, fit });
const members = (all: Coverage[], size = 4, enough?: number): string[] =>
  teamFor(all, { size, ...(enough !== undefined && { enough }) }).members;

/**
 * Ranks a team by the documented rule: more statements covered, then fewer institutes, then institutes that
 * the call fits better, then better answers.
 */
function worth(all: Coverage[], team: string[]): number[] {
  const best = (all[0]?.of ?? []).map((_, i) =>
    Math.max(
      0,
      ...all.filter((c) => team.includes(c.profileId)).map((c) => Math.round(c.of[i]!.value * 1_000)),
    ),
  );
  const fit = all.filter((c) => team.includes(c.profileId)).reduce((n, c) => n + c.fit, 0);
  return [best.filter((v) => v >= 500).length, -team.length, fit, best.reduce((a, b) => a + b, 0)];
}
const compare = (a: number[], b: number[]): number => a.map((v, i) => v - b[i]!).find((d) => d !== 0) ?? 0;

/** Returns every team of at most `size` members, including the empty one. */
function everyTeam(ids: string[], size: number): string[][] {
  if (size === 0 || ids.length === 0) return [[]];
  const [first, ...others] = ids as [string, ...string[]];
  return [...everyTeam(others, size), ...everyTeam(others, size - 1).map((team) => [first, ...team])];
}

describe('the team for a call', () => {
  it('is the smallest one that answers most; who brings nothing new is not in it', () => {
    expect(
      members([institute('a', 0.9, 0.9, 0), institute('b', 0, 0.8, 0), institute('c', 0, 0, 0.6)]),
    ).toEqual(['a', 'c']);
    expect(members([institute('a', 0.6, 0.6), institute('b', 0.9, 0), institute('c', 0, 0.9)])).toEqual([
      'a',
    ]);
  });

  it('is not what taking the best one first would give, where others together need fewer', () => {
    const greedy = institute('greedy', 0.9, 0.9, 0.9, 0.9, 0, 0);
    expect(
      members([
        greedy,
        institute('left', 0.6, 0.6, 0, 0, 0.6, 0),
        institute('right', 0, 0, 0.6, 0.6, 0, 0.6),
      ]),
    ).toEqual(['left', 'right']);
  });

  it('answers as much as it can with so many institutes', () => {
    const all = [institute('a', 0.9, 0.9, 0), institute('b', 0, 0, 0.9)];
    expect(members(all, 1)).toEqual(['a']);
    expect(members(all, 2)).toEqual(['a', 'b']);
  });

  it('takes, of equally small ones, whom the call as a whole fits better, then who answers better, and of equals the first by id', () => {
    expect(members([fitting(institute('a', 0.9), 40), fitting(institute('b', 0.6), 70)])).toEqual(['b']);
    expect(members([institute('a', 0.6), institute('b', 0.9)])).toEqual(['b']);
    expect(members([institute('b', 0.6), institute('a', 0.6)])).toEqual(['a']);
  });

  it('is empty where nobody answers anything well enough, and says who answers what', () => {
    expect(teamFor([institute('a', 0.4, 0.1)], { size: 4 })).toEqual({ members: [], statements: [[], []] });
    expect(members([institute('a', 0.4, 0.1)], 4, 0.25)).toEqual(['a']);
    expect(teamFor([], { size: 4 })).toEqual({ members: [], statements: [] });
    const { statements } = teamFor(
      [institute('a', 0.9, 0), institute('b', 0.95, 0.7), institute('c', 0, 0)],
      { size: 4 },
    );
    expect(statements.map((s) => s.map((a) => [a.profileId, a.value]))).toEqual([
      [['b', 0.95]],
      [['b', 0.7]],
    ]);
  });

  it('begins with an institute that is wished for, whatever it answers, and adds no more than are needed', () => {
    const all = [institute('a', 0.9, 0.9, 0), institute('b', 0, 0, 0.9), institute('wished', 0.3, 0.3, 0.3)];
    const team = (size: number, wished: string): string[] => teamFor(all, { size, with: wished }).members;
    expect([team(4, 'wished'), team(2, 'wished'), team(4, 'b')]).toEqual([
      ['wished', 'a', 'b'],
      ['wished', 'a'],
      ['b', 'a'],
    ]);
    expect(teamFor([institute('a', 0.9), institute('b', 0.9)], { size: 4, with: 'b' }).members).toEqual([
      'b',
    ]);
  });

  it('is as good as the best of all teams, in whatever order the institutes come', () => {
    const values = fc.array(fc.constantFrom(0, 0.2, 0.49, 0.5, 0.62, 0.8, 0.93), {
      minLength: 5,
      maxLength: 5,
    });
    fc.assert(
      fc.property(
        fc.array(values, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.constantFrom(20, 45, 70), { minLength: 8, maxLength: 8 }),
        (rows, size, fits) => {
          const all = rows.map((row, i) => fitting(institute(`i${i}`, ...row), fits[i]!));
          const team = members(all, size);
          const best = everyTeam(
            all.map((c) => c.profileId),
            size,
          )
            .map((t) => worth(all, t))
            .reduce((a, b) => (compare(a, b) >= 0 ? a : b));
          expect({ team, worth: worth(all, team) }).toEqual({ team, worth: best });
          expect(members([...all].reverse(), size)).toEqual(team);
        },
      ),
      { numRuns: 400, seed: 11 },
    );
  });

  it('has only members without whom a statement would be lost, in a network of any size', () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(values, { minLength: 30, maxLength: 60 }), (rows) => {
        const all = rows.map((row, i) => institute(`i${i}`, ...row));
        const team: Team = teamFor(all, { size: 4 });
        const [answered] = worth(all, team.members);
        for (const member of team.members)
          expect(
            worth(
              all,
              team.members.filter((m) => m !== member),
            )[0],
          ).toBeLessThan(answered!);
        expect(team.statements.filter((s) => s.length).length).toBe(answered);
      }),
      { numRuns: 20, seed: 3 },
    );
  });
});
