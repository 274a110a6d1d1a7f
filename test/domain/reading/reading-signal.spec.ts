import { CarnotError } from '../../../src/kernel/errors.js';
import {
  placesIn,
  reasonFor,
  reasonsIn,
  type KeptReading,
} from '../../../src/matching/domain/reader/reading.js';
import {
  costOf,
  countedFrom,
  estimated,
  isWithin,
  mayBeBilled,
  ReaderSettings,
} from '../../../src/matching/domain/reader/reader-cost.js';
import {
  callHash,
  profileHash,
  readableCall,
  readingKey,
} from '../../../src/matching/domain/reader/prompt.js';
import { matchReasons } from '../../../src/matching/domain/explanation/reasons/match-reasons.js';
import { type MatchScore, readingOf } from '../../../src/matching/domain/scoring/match.js';
import { reasonSentence } from '../../../src/matching/domain/explanation/reason-sentence.js';
import { aCall } from '../../support/matching/calls.js';
import { aProfile } from '../../support/matching/profiles.js';
import { signalOf } from '../../support/signals.js';

const nothing = { callId: 'this', pastVerdicts: [], alike: () => 0 };
const withReading = (of: MatchScore, reading: KeptReading): MatchScore =>
  signalOf('reading').after!(of, { ...nothing, reading });

const at = new Date('2026-07-01T08:00:00Z');
const kept = (grade: 'wanted' | 'partly' | 'not', reason: object = { en: 'It makes blades.' }): KeptReading =>
  ({
    grade,
    ...(grade !== 'not' && { reason, quote: 'blade design' }),
    model: 'small',
    prompt: 2,
    at,
    place: null,
  }) as KeptReading;
const match: MatchScore = {
  score: 55,
  competences: [],
  evidence: [
    { competence: 'Rotors', term: 'blade', field: 'title', spans: [{ start: 0, end: 5 }], contribution: 55 },
  ],
};
const call = aCall('R1', {
  title: 'Blades',
  sections: [{ kind: 'scope', title: 'Scope', text: 'The blade design.' }],
});
const sum = (m: MatchScore): number => m.evidence.reduce((n, e) => n + e.contribution, 0);

describe('a reading as a signal', () => {
  it.each([
    ['wanted', 86.5],
    ['partly', 34.95],
    ['not', 8.25],
  ] as const)('that says %s sets the score, and the reasons still sum to it', (grade, score) => {
    const read = withReading(match, kept(grade));
    expect([read.score, sum(read)]).toEqual([expect.closeTo(score), expect.closeTo(score)]);
    expect(readingOf(read)).toMatchObject({
      grade,
      model: 'small',
      prompt: 2,
      points: expect.closeTo(score - 55),
    });
    expect(matchReasons(read, call, 'en').reduce((n, reason) => n + reason.points, 0)).toBe(
      Math.round(score),
    );
  });

  it('leaves the institute the last word on calls that are alike', () => {
    const said = [{ callId: 'other', title: 'Other', verdict: 'not' as const }];
    const adjusted = signalOf('verdicts').after!(withReading(match, kept('wanted')), {
      callId: 'this',
      pastVerdicts: said,
      alike: () => 0.95,
    });
    expect(adjusted.score).toBeCloseTo(76.5);
    expect(sum(adjusted)).toBeCloseTo(76.5);
  });

  it('is told first in mails and lists, before the words of the profile', () => {
    expect(reasonSentence(withReading(match, kept('wanted')), 'en')).toBe(
      'Read by small on 1 July 2026: It makes blades. Fits your competence “Rotors”: it mentions blade.',
    );
    expect(
      reasonSentence(withReading({ ...match, evidence: [] }, kept('wanted')), 'fr').replace(/\s/g, ' '),
    ).toBe('Lu par small le 1er juillet 2026 : It makes blades (en anglais).');
  });
});

describe('a reason', () => {
  it('counts for the language that it is in, whatever was asked for', () => {
    expect(reasonsIn({ reason: 'Soils and crops: core', reasonOther: '' })).toEqual({
      en: 'Soils and crops: core',
    });
    expect(
      reasonsIn({ reason: 'Les sols sont au cœur de son métier.', reasonOther: 'Soils are its trade.' }),
    ).toEqual({
      fr: 'Les sols sont au cœur de son métier.',
      en: 'Soils are its trade.',
    });
    expect(reasonsIn({ reason: 'Soils are its trade.', reasonOther: 'Soils are what it does.' })).toEqual({
      en: 'Soils are its trade.',
    });
  });

  it('is shown in the other language rather than not at all, and said to be so', () => {
    expect(reasonFor({ en: 'It does.' }, 'fr')).toEqual({ text: 'It does.', language: 'en' });
    expect(reasonFor({}, 'fr')).toBeNull();
  });
});

describe('the place of a quote', () => {
  const content = {
    title: 'Quieter rotors – for cities',
    sections: [
      { kind: 'scope' as const, title: '', text: 'First line.\nNoise “below 60 dB(A)” at 𝟗𝟎 m.' },
      { kind: 'other' as const, title: '', text: 'quieter rotors for all' },
    ],
  };
  const found = (quote: string): string | null => {
    const place = placesIn(content)(quote);
    if (!place) return null;
    const text =
      place.field === 'title' ? content.title : content.sections[Number(place.field.slice(9))]!.text;
    return `${place.field}: ${text.slice(place.start, place.end)}`;
  };

  it.each([
    ['noise "below 60 dB(A)', 'sections.0: Noise “below 60 dB(A'],
    ['at 90 m', 'sections.0: at 𝟗𝟎 m'],
    ['Quieter rotors for cities', 'title: Quieter rotors – for cities'],
    ['quieter rotors', 'sections.1: quieter rotors'],
    ['rotors for planes', null],
    ['uieter rotors', null],
    ['', null],
  ])('%s', (quote, expected) => expect(found(quote)).toBe(expected));
});

describe('what a reading is known by', () => {
  const of = (over: object = {}, profile: object = {}, model = 'small'): string =>
    readingKey(model, callHash(readableCall({ ...call, ...over })), profileHash(aProfile('lab', profile)));

  it('is another where the text, the competences, or the model are, and none else', () => {
    const key = of();
    for (const other of [
      of({ title: 'Wings' }),
      of({}, { name: 'Carnot' }),
      of({}, { competences: aProfile('lab').competences.map((c) => ({ ...c, exclusions: ['tidal'] })) }),
      of({}, {}, 'large'),
    ])
      expect(other).not.toBe(key);
    for (const same of [
      of({ reference: 'R2' }),
      of({ deadlines: [] }),
      of({}, { contacts: [{ name: 'A', email: 'a@example.org' }] }),
      of({}, { preferences: { countries: ['FR'] } }),
    ])
      expect(same).toBe(key);
  });
});

describe('what reading costs', () => {
  const prices = { prompt: 0.1, completion: 0.3, currency: 'EUR' };

  it('is counted by the prices of a million tokens, where there are any', () => {
    expect(costOf({ prompt: 2_000_000, completion: 1_000_000 }, prices)).toBeCloseTo(0.5);
    expect(costOf({ prompt: 1, completion: 1 }, undefined)).toBeNull();
  });

  it('is expected by the lengths of what is sent, with the prompt in each request', () => {
    const one = estimated([{ textLength: 4_000, profileLengths: [400], summary: false }], prices);
    const eleven = estimated(
      [{ textLength: 4_000, profileLengths: Array(11).fill(400), summary: false }],
      prices,
    );
    expect(one.prompt).toBeGreaterThan(1_100);
    expect(Math.abs(eleven.prompt - (2 * (one.prompt - 100) + 1_100))).toBeLessThan(2);
    expect(
      estimated([{ textLength: 1_000_000, profileLengths: [0], summary: false }], prices).prompt,
    ).toBeLessThan(4_000);
    expect(one.money).toBeCloseTo(costOf(one, prices)!);
    const [alone, beside] = [[], [400]].map((profileLengths) =>
      estimated([{ textLength: 4_000, profileLengths, summary: true }], prices),
    );
    // A summary costs the text of the call once, alone or beside the readings.
    expect(alone!.prompt).toBeGreaterThan(1_000);
    expect(beside!.prompt - one.prompt).toBeLessThan(400);
    expect(beside!.completion - one.completion).toBe(alone!.completion);
  });

  it('stays within a day, in tokens and in money', () => {
    const spent = (prompt: number, money: number | null = null) => ({ prompt, completion: 0, money });
    const limit = (readerDailyLimit: object) => ReaderSettings.parse({ readerDailyLimit });
    expect(isWithin(spent(60_000), spent(40_000), limit({ tokens: 100_000 }))).toBe(true);
    expect(isWithin(spent(60_001), spent(40_000), limit({ tokens: 100_000 }))).toBe(false);
    expect(isWithin(spent(1, 1.5), spent(1, 0.6), limit({ money: 2 }))).toBe(false);
    expect(isWithin(spent(1, 1.5), spent(1, 0.5), limit({ money: 2 }))).toBe(true);
    expect(ReaderSettings.parse({}).readerDailyLimit).toEqual({ tokens: 5_000_000 });
  });

  it.each<[boolean, string, Error]>([
    [false, 'refused the connection', new CarnotError('ConnectFailed', '', 'later')],
    [false, 'wants another key', new CarnotError('HttpBlocked', '', 'person', { status: 401 })],
    [false, 'failed', new CarnotError('HttpServerError', '', 'later', { status: 500 })],
    [true, 'waited behind a gateway', new CarnotError('HttpServerError', '', 'later', { status: 504 })],
    [true, 'did not answer in time', new CarnotError('Timeout', '', 'later')],
    [true, 'was not waited for', new DOMException('', 'TimeoutError')],
    [true, 'was cut off', new CarnotError('ConnectionReset', '', 'later')],
    [true, 'answered in another form', new CarnotError('BadReading', '', 'person')],
  ])('may be billed (%s) by a server that %s', (billed, _, error) => {
    expect(mayBeBilled(error)).toBe(billed);
  });

  it('is counted by days and months in Brussels', () => {
    expect(countedFrom(new Date('2026-06-30T22:30:00Z'))).toEqual({
      today: new Date('2026-06-30T22:00:00Z'),
      tomorrow: new Date('2026-07-01T22:00:00Z'),
      month: new Date('2026-06-30T22:00:00Z'),
    });
  });
});
