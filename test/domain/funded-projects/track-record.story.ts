import { sayIssue } from '../../../src/i18n/sentences.js';
import { issuesOf } from '../../../src/kernel/issues.js';
import { TrackRecord } from '../../../src/profiles/domain/track-record.js';

const pic = '999992401';
const said = (value: unknown): string[] =>
  issuesOf(TrackRecord.safeParse(value).error?.issues ?? [], value).map(
    (found) => `${found.path.join('.')}: ${sayIssue('en', found)}`,
  );

describe('a track record', () => {
  it('holds claims by name, by rule and of all', () => {
    const claim = {
      pic,
      projects: ['HYPERION', '101058547'],
      rules: [
        {
          city: 'Grenoble',
          words: ['fuel cell'],
          topics: ['FCH-'],
          subjects: ['electrochemistry'],
          from: '2014-01-01',
          to: '2020-12-31',
        },
      ],
      all: true,
      except: ['NOTMINE'],
    };
    expect(TrackRecord.parse([claim])).toEqual([claim]);
    expect(TrackRecord.parse([{ pic, all: true }])).toEqual([
      { pic, projects: [], rules: [], all: true, except: [] },
    ]);
  });

  it.each([
    [
      'a rule without a condition',
      [{ pic, rules: [{}] }],
      '0.rules.0: has no condition; give one of city, words, topics, subjects, from, to, or "all" (true) beside the rules',
    ],
    [
      'a claim of nothing',
      [{ pic, except: ['X'] }],
      '0: claims nothing; give projects, rules or "all" (true)',
    ],
    [
      'a number that is none',
      [{ pic: '12', all: true }],
      '0.pic: is not a participant number (PIC): use nine digits',
    ],
    [
      'one number twice',
      [
        { pic, all: true },
        { pic, projects: ['A'] },
      ],
      ': lists the same number twice',
    ],
    [
      'a project wanted and not',
      [{ pic, projects: ['Aa'], except: ['aA'] }],
      '0: lists a project both in projects and in except',
    ],
    [
      'days the wrong way round',
      [{ pic, rules: [{ from: '2020-01-02', to: '2020-01-01' }] }],
      '0.rules.0: ends before it begins',
    ],
    [
      'a day that is none',
      [{ pic, rules: [{ from: '2020-02-30' }] }],
      '0.rules.0.from: is not a day, such as 2014-01-31',
    ],
    ['words without a letter', [{ pic, rules: [{ words: ['--'] }] }], '0.rules.0.words.0: contains no word'],
    ['an empty list', [{ pic, rules: [{ words: [] }] }], expect.stringContaining('0.rules.0.words: ')],
    ['a key that there is not', [{ pic, al: true, all: true }], '0.al: is not a known field'],
  ])('is refused with %s', (_, value, message) => expect(said(value)).toEqual([message]));

  it('has its bounds', () => {
    const words = Array.from({ length: 100 }, (_, i) => `word ${i}`);
    expect(said([{ pic, rules: Array.from({ length: 11 }, () => ({ words })) }])).toEqual([
      ': holds more than 1000 words, topics and subjects in all',
    ]);
    expect(said([{ pic, projects: Array.from({ length: 1_001 }, (_, i) => `P${i}`) }])).toHaveLength(1);
    expect(
      said(Array.from({ length: 51 }, (_, i) => ({ pic: String(900_000_000 + i), all: true }))),
    ).toHaveLength(1);
  });
});
