import type { CallContent } from '../../../src/calls/domain/call-content.js';
import type { SeenCall } from '../../../src/harvest/domain/findings.js';
import { lostField, silentOn } from '../../../src/harvest/domain/lost-fields.js';

const SAID = {
  kind: 'grant',
  deadlines: [{}],
  opensAt: '2026-04-01T00:00:00Z',
  sections: [{}],
  url: 'https://x.example/',
};
const calls = (n: number, told: object = {}, over: Partial<SeenCall> = {}): SeenCall[] =>
  Array.from({ length: n }, (_, i) => ({
    key: `X/${i}/en`,
    content: { ...SAID, ...told } as unknown as CallContent,
    hash: 'h',
    documentHash: 'd',
    ...over,
  }));

describe('a field that all calls of a source lack', () => {
  it('is asked about where no call of a kind has it', () => {
    expect(silentOn(calls(5))).toEqual([]);
    expect(silentOn([...calls(5), ...calls(5, { kind: 'cascade', deadlines: [], url: null })])).toEqual([
      { keys: calls(5).map((c) => c.key), fields: ['deadlines', 'url'] },
    ]);
    expect(silentOn([...calls(9, { url: null }), ...calls(1)])).toEqual([]);
  });

  it('is not asked about where there are few calls, or only a part of each is shown', () => {
    expect(silentOn(calls(4, { deadlines: [] }))).toEqual([]);
    expect(silentOn(calls(9, { deadlines: [] }, { isBare: true }))).toEqual([]);
  });

  it('was lost where nearly all of those known had it', () => {
    expect(lostField(10, { deadlines: 9, url: 0 })).toBe(
      'none of its 10 known calls has a deadline any more, and 9 of them had one',
    );
    expect(lostField(10, { deadlines: 8 })).toBeNull();
    expect(lostField(4, { deadlines: 4 })).toBeNull();
    expect(lostField(0, { deadlines: 0 })).toBeNull();
  });
});
