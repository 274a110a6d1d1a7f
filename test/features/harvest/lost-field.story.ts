import type { ParsedCall } from '../../../src/calls/domain/parsed-call.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { SecondSource, secondCall } from '../../support/harvest/second-source.js';

const REFERENCES = ['A', 'B', 'C', 'D', 'E', 'F'];
const SAID: Partial<ParsedCall> = {
  deadlines: [{ at: '2026-07-16T17:00:00+02:00', timeTold: true }],
  opensAt: '2026-04-01T00:00:00+02:00',
};

let h: Harvesting;
let second: SecondSource;
beforeAll(async () => {
  second = await SecondSource.start();
  h = await Harvesting.start({
    copies: 1,
    adjust: (w) => ({ ...w, sources: [...w.sources, second.source] }),
  });
  await h.ended();
  second.put(...REFERENCES.map((reference) => secondCall(reference, SAID)));
  expect(await h.harvest('second')).toMatchObject({ state: 'accepted', counts: { new: 6 } });
});
afterAll(async () => {
  await h?.stop();
  await second?.stop();
});

const stored = () =>
  h.query("SELECT call_id, content_hash FROM source_record WHERE source_id = 'second' ORDER BY key");
const tell = (told: Partial<ParsedCall>): void => {
  for (const reference of REFERENCES) second.edit(reference, told);
};
const after = async (hours: number) => {
  h.clock.move({ hours });
  return h.harvest('second');
};

describe('a source of which all calls lose a field at once', () => {
  it.each<[string, Partial<ParsedCall>]>([
    ['a deadline', { deadlines: [] }],
    ['a text', { sections: [] }],
    ['a link', { url: null }],
  ])('has changed its form where that is %s: no call is changed', async (field, told) => {
    const before = await stored();
    tell(told);
    const run = await after(1);
    expect(run).toMatchObject({
      state: 'rejected',
      reason: `none of its 6 known calls has ${field} any more, and 6 of them had one`,
    });
    expect(await stored()).toEqual(before);
    expect(await h.source('second')).toMatchObject({ state: 'doubtful', reason: run.reason });
    for (const reference of REFERENCES) second.put(secondCall(reference, SAID));
  });
});
