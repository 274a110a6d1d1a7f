import type { Deadline } from '../../../src/calls/domain/call-content.js';
import type { Change, ChangeKind, NotifiableEvent } from '../../../src/calls/domain/versions/diff.js';
import {
  whyNotAnnounced,
  urgencyLeft,
  urgencyOfChanges,
  urgencyOfMatch,
} from '../../../src/notifications/domain/preferences/choice.js';
import {
  plan,
  type Followed,
  type KnownCall,
  type RecipientFacts,
} from '../../../src/notifications/domain/schedule/plan.js';
import {
  nearestFirst,
  remindersOf,
  remindersShown,
} from '../../../src/notifications/domain/schedule/reminders.js';
import { PREFERENCES } from '../../support/notifications/preferences.js';

const NOW = new Date('2026-05-06T10:00:00Z');
const deadline = (at: string): Deadline => ({ kind: 'single', at, timeTold: true, brussels: at });
const LATE = [deadline('2026-12-01T16:00:00Z')];
const call = (over: Partial<KnownCall> = {}): KnownCall => ({
  id: 'c',
  firstSeq: 20n,
  deadlines: LATE,
  over: false,
  bottomUp: false,
  fits: [{ profileId: 'list', score: 70, threshold: null, no: false, unwanted: false }],
  searches: [],
  announced: null,
  ...over,
});
const FOLLOW: Followed = { kind: 'profile', target: 'list', baselineSeq: 10n, profiles: ['list'] };
const reader = (of: KnownCall, over: Partial<RecipientFacts> = {}): RecipientFacts => ({
  inside: ['list'],
  answered: new Set(),
  follows: [FOLLOW],
  least: 40,
  calls: new Map([[of.id, of]]),
  changes: new Map(),
  studied: new Set(),
  preferences: { ...PREFERENCES, deadlineDays: [] },
  ...over,
});
const MATCH: NotifiableEvent = {
  key: 'match/list/c/strong',
  kind: 'match',
  callId: 'c',
  version: 1,
  profileId: 'list',
  about: null,
  byCall: false,
  inside: null,
};
const CHANGE: NotifiableEvent = {
  key: 'change/c/2',
  kind: 'change',
  callId: 'c',
  version: 2,
  profileId: null,
  about: null,
  byCall: false,
  inside: null,
};
const moved = (kind: ChangeKind, from: string, to: string): Change[] => [
  { kind, field: 'deadlines', from: [deadline(from)], to: [deadline(to)] },
];
const EXTENDED = moved('extended', '2026-12-01T16:00:00Z', '2026-12-20T16:00:00Z');
const withChange = (of: KnownCall, changes: Change[], over: Partial<RecipientFacts> = {}) =>
  reader(of, { changes: new Map([[CHANGE.key, changes]]), ...over });
const RENAMED: Change[] = [{ kind: 'text', field: 'title', from: 'A', to: 'B' }];

describe('news of questions', () => {
  const QUESTIONS: NotifiableEvent = {
    key: 'questions/c/2026-05-06T10:00:00.000Z',
    kind: 'questions',
    callId: 'c',
    version: null,
    profileId: null,
    about: null,
    byCall: false,
    inside: null,
  };
  const kept = (of: RecipientFacts): unknown[] => plan([QUESTIONS], of, NOW).map((n) => [n.kind, n.place]);

  it('wait for the digest of the institute that studies the call', () => {
    const of = reader(call(), { studied: new Set(['c']) });
    expect(kept(of)).toEqual([['questions', 'digest']]);
    expect(kept({ ...of, preferences: { ...of.preferences, frequency: 'at-once' } })).toEqual([
      ['questions', 'digest'],
    ]);
  });

  it('are told to no institute that does not, to nobody who does not want them, and of no call that is over', () => {
    const of = reader(call(), { studied: new Set(['c']) });
    expect(kept({ ...of, studied: new Set(['d']) })).toEqual([]);
    expect(kept({ ...of, preferences: { ...of.preferences, questions: false } })).toEqual([]);
    expect(kept(reader(call({ over: true }), { studied: new Set(['c']) }))).toEqual([]);
  });
});

describe('new partner searches', () => {
  const PARTNERS: NotifiableEvent = {
    key: 'partners/c/2026-05-06T10:00:00.000Z',
    kind: 'partners',
    callId: 'c',
    version: null,
    profileId: null,
    about: null,
    byCall: false,
    inside: null,
  };
  const CALL: Followed = { kind: 'call', target: 'c', baselineSeq: 0n, profiles: [] };

  it('wait for the digest of who follows the call, though they want everything at once', () => {
    const of = reader(call(), { follows: [CALL] });
    const notice = {
      key: PARTNERS.key,
      kind: 'partners',
      callId: 'c',
      version: null,
      about: null,
      place: 'digest',
      urgency: null,
    };
    expect(plan([PARTNERS], of, NOW)).toEqual([notice]);
    expect(
      plan([PARTNERS], { ...of, preferences: { ...of.preferences, frequency: 'at-once' } }, NOW),
    ).toEqual([notice]);
  });

  it('are told to nobody else, and of no call that is over', () => {
    expect(plan([PARTNERS], reader(call()), NOW)).toEqual([]);
    expect(plan([PARTNERS], reader(call(), { follows: [{ ...CALL, target: 'd' }] }), NOW)).toEqual([]);
    expect(plan([PARTNERS], reader(call({ over: true }), { follows: [CALL] }), NOW)).toEqual([]);
  });
});

describe('a call that fits', () => {
  it('is told once, in the digest', () => {
    expect(plan([MATCH, { ...MATCH, key: 'match/list/c/possible' }], reader(call()), NOW)).toEqual([
      { key: 'call/c', kind: 'call', callId: 'c', version: 1, about: null, place: 'digest', urgency: null },
    ]);
  });

  it.each<[string, Partial<KnownCall>]>([
    ['stood there before', { firstSeq: 5n }],
    ['is over', { over: true }],
    ['is open to every subject', { bottomUp: true }],
    ['was told', { announced: { version: 1, waits: false } }],
    [
      'fits too little',
      { fits: [{ profileId: 'list', score: 39, threshold: null, no: false, unwanted: false }] },
    ],
    ['was refused', { fits: [{ profileId: 'list', score: 70, threshold: null, no: true, unwanted: false }] }],
    [
      'fits another',
      { fits: [{ profileId: 'leti', score: 70, threshold: null, no: false, unwanted: false }] },
    ],
  ])('is not told where it %s', (_, over) => expect(plan([MATCH], reader(call(over)), NOW)).toEqual([]));

  it.each<
    [string, { score: number; threshold: number | null }, Partial<RecipientFacts['preferences']>, number]
  >([
    ['below the usual score, where the institute’s threshold is lower', { score: 36, threshold: 34 }, {}, 1],
    ['above the usual score, where the institute’s threshold is higher', { score: 44, threshold: 47 }, {}, 0],
    [
      'below what a reader chose, however low the threshold is',
      { score: 45, threshold: 34 },
      { from: 'possible' },
      0,
    ],
    [
      'as surely as a reader chose, where the threshold is higher',
      { score: 52, threshold: 53 },
      { from: 'possible' },
      0,
    ],
  ])(
    '%s: it is told by the threshold, within what the reader chose, and in the digest',
    (_, fit, chosen, count) => {
      const fits = [{ profileId: 'list', ...fit, no: false, unwanted: false }];
      const of = reader(call({ fits }));
      const planned = plan([MATCH], { ...of, least: 40, preferences: { ...of.preferences, ...chosen } }, NOW);
      expect(planned.map(({ place }) => place)).toEqual(Array.from({ length: count }, () => 'digest'));
    },
  );

  it('by what only the institute’s own people see is told to them alone, and by what others see to others alone', () => {
    const own = { ...MATCH, inside: true };
    const shared = { ...MATCH, key: 'shared-match/list/c/strong', inside: false };
    const outside = { ...reader(call()), inside: [] };
    expect([plan([own], reader(call()), NOW), plan([shared], outside, NOW)].map((p) => p.length)).toEqual([
      1, 1,
    ]);
    expect([plan([shared], reader(call()), NOW), plan([own], outside, NOW)]).toEqual([[], []]);
  });

  it('and stood there before is told where it fits by what it says now', () => {
    expect(plan([{ ...MATCH, byCall: true }], reader(call({ firstSeq: 5n })), NOW)).toHaveLength(1);
  });

  it('is told through a group, of all institutes too', () => {
    for (const profiles of [['leti', 'list'], null]) {
      expect(
        plan(
          [MATCH],
          reader(call(), { follows: [{ kind: 'group', target: 'g', baselineSeq: 10n, profiles }] }),
          NOW,
        ),
      ).toHaveLength(1);
    }
    expect(
      plan(
        [MATCH],
        reader(call(), { follows: [{ kind: 'group', target: 'g', baselineSeq: 10n, profiles: ['leti'] }] }),
        NOW,
      ),
    ).toEqual([]);
  });

  it('strongly with little time left is told at once, unless that is not wanted', () => {
    const soon = call({ deadlines: [deadline('2026-05-20T15:00:00Z')] });
    expect(plan([MATCH], reader(soon), NOW)[0]).toMatchObject({ place: 'now', urgency: 'short-notice' });
    const calm = reader(soon);
    expect(
      plan([MATCH], { ...calm, preferences: { ...calm.preferences, urgent: false } }, NOW)[0],
    ).toMatchObject({
      place: 'digest',
      urgency: 'short-notice',
    });
  });

  it('is told to a machine at once, whatever it is', () => {
    const machine = reader(call());
    expect(
      plan([MATCH], { ...machine, preferences: { ...machine.preferences, frequency: 'at-once' } }, NOW)[0],
    ).toMatchObject({ place: 'now', urgency: null });
  });

  it('to nobody but is found by a search is told to whoever follows that', () => {
    const found = call({ fits: [], searches: ['s'] });
    const NEW: NotifiableEvent = { ...MATCH, key: 'call/c', kind: 'call', profileId: null };
    expect(
      plan(
        [NEW],
        reader(found, { follows: [{ kind: 'search', target: 's', baselineSeq: 10n, profiles: null }] }),
        NOW,
      ),
    ).toHaveLength(1);
    expect(
      plan(
        [NEW],
        reader(found, { follows: [{ kind: 'search', target: 't', baselineSeq: 10n, profiles: null }] }),
        NOW,
      ),
    ).toEqual([]);
    expect(plan([NEW], reader(found), NOW)).toEqual([]);
  });
});

describe('a change', () => {
  const announced = call({ announced: { version: 1, waits: false } });

  it('of a call that was told is told', () => {
    expect(plan([CHANGE], withChange(announced, RENAMED), NOW)).toMatchObject([
      { key: 'change/c/2', place: 'digest' },
    ]);
  });

  it('of a call that was told is not told to who follows other single calls alone by now', () => {
    expect(
      plan(
        [CHANGE],
        withChange(announced, RENAMED, {
          follows: [{ kind: 'call', target: 'other', baselineSeq: 10n, profiles: [] }],
        }),
        NOW,
      ),
    ).toEqual([]);
  });

  it('that the message had already, or of a call that waits to be told, is not', () => {
    expect(
      plan([CHANGE], withChange(call({ announced: { version: 2, waits: false } }), RENAMED), NOW),
    ).toEqual([]);
    expect(
      plan([CHANGE], withChange(call({ announced: { version: 1, waits: true } }), RENAMED), NOW),
    ).toEqual([]);
    expect(plan([MATCH, CHANGE], withChange(call(), RENAMED), NOW)).toHaveLength(1);
  });

  it('of one that stood there before is told where it asks for something to be done', () => {
    const baseline = call({ firstSeq: 5n });
    expect(plan([CHANGE], withChange(baseline, EXTENDED), NOW)).toHaveLength(1);
    expect(plan([CHANGE], withChange(baseline, RENAMED), NOW)).toEqual([]);
    expect(plan([CHANGE], withChange(call({ firstSeq: 5n, fits: [] }), EXTENDED), NOW)).toEqual([]);
  });

  it('that brings back a new call that was over before it was told is told as new, with its match once', () => {
    const back: Change[] = [{ kind: 'reappeared', field: 'call', from: null, to: null }];
    const again = moved('extended', '2026-05-05T15:00:00Z', '2026-12-01T16:00:00Z');
    const opened = (from: string): Change[] => [{ kind: 'opened', field: 'sourceStatus', from, to: 'open' }];
    expect(plan([CHANGE], withChange(call(), opened('forthcoming')), NOW)).toEqual([]);
    const announcedAgain: Change[] = [
      { kind: 'details', field: 'sourceStatus', from: 'closed', to: 'forthcoming' },
    ];
    for (const changes of [back, again, opened('closed'), announcedAgain])
      expect(plan([CHANGE, MATCH], withChange(call(), changes), NOW)).toMatchObject([
        { key: 'call/c', kind: 'call', version: 2, place: 'digest' },
      ]);
    expect(plan([CHANGE], withChange(call(), EXTENDED), NOW)).toEqual([]);
    expect(plan([CHANGE], withChange(call({ over: true }), again), NOW)).toEqual([]);
    expect(plan([CHANGE], withChange(call({ fits: [] }), back), NOW)).toEqual([]);
  });

  it('that was told makes the call a told one: it is not told as new once it fits by what it says, and a mere word is told from then on', () => {
    const later = { ...CHANGE, key: 'change/c/3', version: 3 };
    const fitsAnew = { ...MATCH, key: 'match/list/c/possible', version: 3, byCall: true };
    const of = reader(call({ firstSeq: 5n }), {
      changes: new Map([
        [CHANGE.key, EXTENDED],
        [later.key, RENAMED],
      ]),
    });
    expect(plan([CHANGE, fitsAnew, later], of, NOW).map((n) => n.key)).toEqual([CHANGE.key, later.key]);
  });

  it('of a call that the institute refused is not told, but to whoever follows the call', () => {
    const refused = call({
      announced: { version: 1, waits: false },
      fits: [{ profileId: 'list', score: 70, threshold: null, no: true, unwanted: false }],
    });
    expect(plan([CHANGE], withChange(refused, EXTENDED), NOW)).toEqual([]);
    expect(
      plan(
        [CHANGE],
        withChange(refused, EXTENDED, {
          follows: [{ kind: 'call', target: 'c', baselineSeq: 0n, profiles: null }],
        }),
        NOW,
      ),
    ).toHaveLength(1);
  });

  it('of a call that the institute studies is told however it found it, but not to who only follows single calls', () => {
    const studied = new Set(['c']);
    const told = (of: KnownCall, over: Partial<RecipientFacts> = {}) =>
      plan([CHANGE], withChange(of, EXTENDED, { studied, ...over }), NOW).length;
    expect([told(call({ fits: [] })), told(call({ fits: [] }), { studied: new Set() })]).toEqual([1, 0]);
    expect(told(call({ announced: { version: 1, waits: true } }))).toBe(1);
    // The message that told it showed this version already.
    expect(told(call({ announced: { version: 2, waits: false } }))).toBe(0);
    const follows: Followed[] = [{ kind: 'call', target: 'd', baselineSeq: 0n, profiles: null }];
    expect(told(call(), { follows })).toBe(0);
  });

  it('of a call that a language model found unwanted is not told, unless the institute has taken it on or somebody follows it', () => {
    const of = (unwanted: boolean) =>
      call({
        announced: { version: 1, waits: false },
        fits: [{ profileId: 'list', score: 12, threshold: null, no: false, unwanted }],
      });
    const follows: Followed[] = [{ kind: 'call', target: 'c', baselineSeq: 0n, profiles: null }];
    expect(plan([CHANGE], withChange(of(true), EXTENDED), NOW)).toEqual([]);
    expect(plan([CHANGE], withChange(of(false), EXTENDED), NOW)).toHaveLength(1);
    expect(plan([CHANGE], withChange(of(true), EXTENDED, { follows }), NOW)).toHaveLength(1);
    const candidate = {
      status: 'open',
      deadlines: LATE,
      wanted: false,
      refused: false,
      isNew: false,
    } as const;
    const dropped = (unwanted: boolean, followed: boolean) =>
      whyNotAnnounced({ ...candidate, changes: EXTENDED, unwanted, followed });
    expect(dropped(true, false)).toMatch(/language model/);
    expect([dropped(true, true), dropped(false, false)]).toEqual([null, null]);
  });

  it('that no reader would see is not told', () => {
    expect(
      plan([CHANGE], withChange(announced, [{ kind: 'text', field: 'title', from: 'A', to: 'A' }]), NOW),
    ).toEqual([]);
  });

  it.each([
    ['The submission session is now available for: HORIZON-CL5-2027-01-D2-01(HORIZON-RIA)', 0],
    ['The submission session is now available for this topic. The page limit is 45 pages.', 1],
  ])('the note “%s” is told %i times', (text, times) => {
    const note = { day: '2026-05-12', text, explains: [] };
    const change: Change = { kind: 'notice', field: 'notices', from: null, to: note };
    expect(plan([CHANGE], withChange(announced, [change]), NOW)).toHaveLength(times);
  });
});

describe('what cannot wait', () => {
  it.each<[string, Change[], string | null]>([
    [
      'a deadline brought forward',
      moved('forward', '2026-12-01T16:00:00Z', '2026-11-01T16:00:00Z'),
      'brought-forward',
    ],
    [
      'an extension seven days before',
      moved('extended', '2026-05-13T10:00:00Z', '2026-06-13T10:00:00Z'),
      'extended-late',
    ],
    [
      'an extension more than seven days before',
      moved('extended', '2026-05-13T10:01:00Z', '2026-06-13T10:00:00Z'),
      null,
    ],
    [
      'an extension after the deadline',
      moved('extended', '2026-05-05T10:00:00Z', '2026-06-13T10:00:00Z'),
      'extended-late',
    ],
    ['a withdrawal', [{ kind: 'withdrawn', field: 'call', from: 'open', to: null }], 'withdrawn'],
    ['another text', RENAMED, null],
  ])('%s', (_, changes, urgency) => expect(urgencyOfChanges(changes, NOW)).toBe(urgency));

  it('holds only as long as nothing has undone it', () => {
    const forward = moved('forward', '2026-12-01T16:00:00Z', '2026-11-01T16:00:00Z');
    const onwards = moved('extended', '2026-11-01T16:00:00Z', '2026-12-02T16:00:00Z');
    expect(urgencyLeft(['brought-forward'], forward, 'open')).toBe('brought-forward');
    expect(urgencyLeft(['brought-forward', null], [...forward, ...onwards], 'open')).toBeNull();
    expect(urgencyLeft(['extended-late'], onwards, 'open')).toBe('extended-late');
    expect(urgencyLeft(['brought-forward', 'withdrawn'], forward, 'withdrawn')).toBe('withdrawn');
    expect(urgencyLeft(['withdrawn'], [], 'withdrawn')).toBe('withdrawn');
    expect(urgencyLeft(['short-notice', 'withdrawn'], RENAMED, 'open')).toBe('short-notice');
  });

  it('a strong match with fewer than 21 days left', () => {
    expect(urgencyOfMatch(65, [deadline('2026-05-27T09:59:00Z')], NOW)).toBe('short-notice');
    expect(urgencyOfMatch(65, [deadline('2026-05-27T10:00:00Z')], NOW)).toBeNull();
    expect(urgencyOfMatch(64, [deadline('2026-05-20T10:00:00Z')], NOW)).toBeNull();
    expect(urgencyOfMatch(90, [], NOW)).toBeNull();
    // With two stages, the next deadline counts.
    expect(
      urgencyOfMatch(90, [deadline('2026-05-01T10:00:00Z'), deadline('2026-05-20T10:00:00Z')], NOW),
    ).toBe('short-notice');
  });
});

describe('deadlines that come near', () => {
  const DAYS = [60, 30, 14, 7, 2];
  const next = new Date('2026-05-11T05:00:00Z');
  const due = (deadlines: Deadline[], announced: string[] = []) =>
    remindersOf('c', deadlines, DAYS, { now: NOW, next, announced: new Set(announced) });

  it('are told before the next digest would be too late, each number of days once', () => {
    // On 11 May 28 days are left; the 30-day mark is 9 May.
    const [reminder] = due([deadline('2026-06-08T15:00:00Z')]);
    expect(reminder).toMatchObject({
      days: 30,
      left: 33,
      keys: ['deadline/c/2026-06-08T15:00:00Z/30', 'deadline/c/2026-06-08T15:00:00Z/60'],
    });
    expect(due([deadline('2026-06-08T15:00:00Z')], reminder!.keys)).toEqual([]);
    expect(due([deadline('2026-07-20T15:00:00Z')])).toEqual([]);
  });

  it('are listed by day, on the same day what fits best first, whatever the hour', () => {
    const dated = (at: string, score: number) => ({ deadline: deadline(at), score });
    const [later, weak, strong] = [
      dated('2026-06-09T08:00:00Z', 95),
      dated('2026-06-08T10:00:00Z', 42),
      dated('2026-06-08T15:00:00Z', 88),
    ];
    expect([later, weak, strong].sort(nearestFirst)).toEqual([strong, weak, later]);
    // Half past midnight in Brussels.
    const [night, noon] = [dated('2026-06-08T22:30:00Z', 99), dated('2026-06-08T10:00:00Z', 41)];
    expect([night, noon].sort(nearestFirst)).toEqual([noon, night]);
  });

  it('each stage for itself; what has passed is silent; what moved is told anew', () => {
    const stages = [
      deadline('2026-05-01T15:00:00Z'),
      deadline('2026-05-12T15:00:00Z'),
      deadline('2026-06-01T15:00:00Z'),
    ];
    expect(due(stages).map((r) => [r.deadline.at, r.days])).toEqual([
      ['2026-05-12T15:00:00Z', 2],
      ['2026-06-01T15:00:00Z', 30],
    ]);
    const announced = due(stages).flatMap((r) => r.keys);
    expect(due(stages, announced)).toEqual([]);
    expect(due([deadline('2026-05-12T16:00:00Z')], announced)).toHaveLength(1);
  });

  it('are not told right behind a message that showed the deadline, but with the next number of days', () => {
    const shown = remindersShown('c', [deadline('2026-06-20T15:00:00Z')], DAYS, { now: NOW, next });
    expect(shown).toEqual(['deadline/c/2026-06-20T15:00:00Z/60']);
    expect(due([deadline('2026-06-20T15:00:00Z')], shown)).toEqual([]);
    const later = {
      now: new Date('2026-05-18T05:00:00Z'),
      next: new Date('2026-05-25T05:00:00Z'),
      announced: new Set(shown),
    };
    expect(remindersOf('c', [deadline('2026-06-20T15:00:00Z')], DAYS, later).map((r) => r.days)).toEqual([
      30,
    ]);
  });
});

describe('a change that nobody needs to be told of by itself', () => {
  const KEYWORDS: Change = { kind: 'details', field: 'keywords', from: ['Wind'], to: ['Climate', 'Wind'] };
  const announced = call({ announced: { version: 1, waits: false } });

  it('makes no message: not to who was told of the call, nor to who follows it', () => {
    expect(plan([CHANGE], withChange(announced, [KEYWORDS]), NOW)).toEqual([]);
    expect(
      plan(
        [CHANGE],
        withChange(call(), [KEYWORDS], {
          follows: [{ kind: 'call', target: 'c', baselineSeq: 0n, profiles: [] }],
        }),
        NOW,
      ),
    ).toEqual([]);
    expect(
      whyNotAnnounced({
        status: 'open',
        deadlines: LATE,
        followed: true,
        wanted: true,
        refused: false,
        unwanted: false,
        isNew: false,
        changes: [KEYWORDS],
      }),
    ).toMatch(/by itself/);
  });

  it('is told beside what is news', () => {
    expect(plan([CHANGE], withChange(announced, [KEYWORDS, ...RENAMED]), NOW)).toHaveLength(1);
    expect(
      whyNotAnnounced({
        status: 'open',
        deadlines: LATE,
        followed: true,
        wanted: true,
        refused: false,
        unwanted: false,
        isNew: false,
        changes: [KEYWORDS, ...RENAMED],
      }),
    ).toBeNull();
  });
});

describe('an answer', () => {
  const ANSWER: NotifiableEvent = {
    key: 'answer/p/1',
    kind: 'answer',
    callId: 'c',
    version: null,
    profileId: 'list',
    about: 'p',
    byCall: false,
    inside: null,
  };

  it('is told to whoever follows the institute that asked, through a group to nobody, and to nobody who may not know of its inside', () => {
    expect(plan([ANSWER], reader(call(), { answered: new Set(['p']) }), NOW)).toEqual([]);
    expect(plan([ANSWER], reader(call()), NOW)).toMatchObject([
      { key: 'answer/p/1', kind: 'answer', place: 'digest' },
    ]);
    expect(plan([ANSWER], reader(call(), { inside: ['other'] }), NOW)).toEqual([]);
    expect(
      plan([ANSWER], reader(call(), { follows: [{ ...FOLLOW, kind: 'group', target: 'g' }] }), NOW),
    ).toEqual([]);
  });
});
