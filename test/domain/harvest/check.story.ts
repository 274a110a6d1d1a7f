import {
  type CheckAnswer,
  CheckAnswers,
  type CheckRequest,
  checkTable,
  differing,
  judgeChecks,
  nextCheckRequests,
  NothingToSee,
  type SourceCheck,
} from '../../../src/harvest/domain/check.js';

const request = (key: string): CheckRequest => ({
  key,
  path: `/${key}`,
  method: 'GET',
  headers: {},
  body: null,
});
const answer = (key: string, over: Partial<CheckAnswer> = {}): CheckAnswer => ({
  key,
  status: 200,
  mediaType: 'text/plain',
  bytes: Buffer.from(key),
  etag: null,
  error: null,
  passing: false,
  ...over,
});
const check = (
  id: string,
  keys: string[],
  judge: SourceCheck['judge'] = (seen) => ({ seen: seen.document(keys[0]!).bytes.toString(), holds: true }),
): SourceCheck => ({
  id,
  assumption: `${id} is so`,
  otherwise: `mend ${id}`,
  requests: () => keys.map(request),
  judge,
});

describe('what is to be asked', () => {
  it('is each document once, however many checks want it, and nothing that was asked', () => {
    const checks = [check('one', ['a', 'b']), check('two', ['b', 'c'])];
    expect(nextCheckRequests(checks, []).map((r) => r.key)).toEqual(['a', 'b', 'c']);
    expect(nextCheckRequests(checks, [answer('b')]).map((r) => r.key)).toEqual(['a', 'c']);
  });

  it('may come of what was seen', () => {
    const later: SourceCheck = {
      ...check('later', ['a']),
      requests: (seen) =>
        seen.has('a') ? [request(`after ${seen.document('a').bytes.toString()}`)] : [request('a')],
    };
    expect(nextCheckRequests([later], []).map((r) => r.key)).toEqual(['a']);
    expect(nextCheckRequests([later], [answer('a')]).map((r) => r.key)).toEqual(['after a']);
    expect(nextCheckRequests([later], [answer('a'), answer('after a')])).toEqual([]);
  });
});

describe('the results', () => {
  const one = (judge: SourceCheck['judge'] | undefined, ...answers: CheckAnswer[]) =>
    judgeChecks([check('x', ['a'], judge)], answers)[0]!;

  it('say what was seen, and what follows only where it does not hold', () => {
    expect(one(undefined, answer('a'))).toEqual({
      id: 'x',
      assumption: 'x is so',
      seen: 'a',
      holds: true,
      consequence: '',
    });
    expect(one(() => ({ seen: 'other', holds: false }), answer('a'))).toMatchObject({
      seen: 'other',
      holds: false,
      consequence: 'mend x',
    });
  });

  it('count what cannot be read, and what is not there, as otherwise', () => {
    expect(
      one(() => {
        throw new Error('not JSON');
      }, answer('a')),
    ).toMatchObject({ seen: 'not JSON', holds: false });
    expect(one(undefined, answer('a', { status: 404, error: 'host/a: status 404' }))).toMatchObject({
      seen: 'status 404',
      holds: false,
      consequence: 'mend x',
    });
    expect(one(undefined, answer('a', { status: null, error: 'host/a: more than 9 bytes' }))).toMatchObject({
      seen: 'host/a: more than 9 bytes',
      holds: false,
    });
  });

  it('say nothing of what was not asked, got no answer, or has nothing to be seen by', () => {
    const nothings = [
      one(undefined),
      one(undefined, answer('a', { status: 500, error: 'host/a: status 500', passing: true })),
      one(() => {
        throw new NothingToSee('none at present');
      }, answer('a')),
    ];
    expect(nothings.map((r) => [r.seen, r.holds, r.consequence])).toEqual([
      ['not asked', null, ''],
      ['no answer: host/a: status 500', null, ''],
      ['none at present', null, ''],
    ]);
    expect(differing(nothings)).toEqual([]);
  });

  it('may judge by a status alone', () => {
    const seen = new CheckAnswers([answer('a', { status: 404, error: 'host/a: status 404' })]);
    expect(seen.answer('a').status).toBe(404);
    expect(() => seen.document('a')).toThrow('status 404');
  });
});

describe('the table', () => {
  const results = judgeChecks(
    [
      check('short', ['a']),
      check('long', ['a'], () => ({ seen: `many words that go on ${'and on '.repeat(12)}`, holds: false })),
      check('unseen', ['b']),
    ],
    [answer('a')],
  );

  it.each([80, 150])('has columns that stand under each other, in %i characters', (width) => {
    const lines = checkTable(results, width).split('\n');
    expect(lines.every((line) => line.length <= width)).toBe(true);
    const at = lines[0]!.indexOf('As expected');
    expect(
      lines.map((line) => line.slice(at, at + 11).trim()).filter((x) => x && !x.startsWith('-')),
    ).toEqual(['As expected', 'yes', 'NO', 'not seen']);
    expect(
      lines
        .map((line) => line.slice(0, at).slice(at / 2))
        .join(' ')
        .split('and on'),
    ).not.toHaveLength(1);
    const follows = lines[0]!.indexOf('What follows');
    expect(
      lines
        .map((line) => line.slice(follows).trim())
        .filter(Boolean)
        .slice(2),
    ).toEqual(['mend long']);
  });

  it('breaks a word that has no room', () => {
    const [wide] = judgeChecks(
      [check('x', ['a'], () => ({ seen: 'x'.repeat(200), holds: true }))],
      [answer('a')],
    );
    const lines = checkTable([wide!], 80).split('\n');
    expect(lines.every((line) => line.length <= 80)).toBe(true);
    expect(lines.join('').match(/x/g)!.length).toBeGreaterThanOrEqual(200);
  });
});
