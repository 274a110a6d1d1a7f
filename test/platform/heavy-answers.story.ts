import { HeavyAnswers } from '../../src/platform/api/limits.js';

const HERE = new AbortController().signal;

/** Asks for answers that the test ends; `begun` has those in the making, in order. */
function asking() {
  const heavy = new HeavyAnswers();
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string, who: string, gone = HERE): Promise<string | number> =>
    heavy
      .run(who, gone, () => {
        begun.push(name);
        return new Promise<string>((end) => ends.set(name, () => end(name)));
      })
      .catch((error: { status?: number; message: string }) => error.status ?? error.message);
  return { ask, begun, end: (name: string) => ends.get(name)!() };
}

describe('answers that take much work', () => {
  it('are two at a time, and one of whoever has none in the making comes before a third of another', async () => {
    const { ask, begun, end } = asking();
    const [first] = [ask('a1', 'a'), ask('a2', 'a')];
    void ask('a3', 'a');
    void ask('b1', 'b');
    expect(begun).toEqual(['a1', 'a2']);
    end('a1');
    await first;
    expect(begun).toEqual(['a1', 'a2', 'b1']);
  });

  it('are refused to a caller who has four, and to nobody else', async () => {
    const { ask, begun } = asking();
    for (const name of ['a1', 'a2', 'a3', 'a4']) void ask(name, 'a');
    expect(await ask('a5', 'a')).toBe(429);
    void ask('b1', 'b');
    expect(begun).toEqual(['a1', 'a2']);
  });

  it('are refused to everybody where forty wait', async () => {
    const { ask } = asking();
    for (let i = 0; i < 42; i += 1) void ask(String(i), `caller ${i}`);
    expect(await ask('one more', 'another')).toBe(503);
  });

  it('are not made for a caller who has gone, and the next one gets the turn', async () => {
    const { ask, begun, end } = asking();
    const [first] = [ask('a1', 'a'), ask('a2', 'a')];
    const gone = new AbortController();
    const left = ask('b1', 'b', gone.signal);
    const next = ask('c1', 'c');
    gone.abort(new Error('gone'));
    expect(await left).toBe('gone');
    end('a1');
    await first;
    expect(begun).toEqual(['a1', 'a2', 'c1']);
    end('c1');
    expect(await next).toBe('c1');
  });

  it('leave room for the next one where one fails', async () => {
    const heavy = new HeavyAnswers();
    const fails = () => Promise.reject(new Error('no such institute'));
    for (let i = 0; i < 5; i += 1) await expect(heavy.run('a', HERE, fails)).rejects.toThrow('no such');
  });
});
