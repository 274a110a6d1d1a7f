import {
  announcedTwice,
  checkForward,
  type ForwardFacts,
  summaryOf,
  weeksSent,
} from '../../src/commands/replay/summary/summary.js';
import { spreadOf } from '../../src/kernel/statistics.js';
import type { SentMessage, SentItem } from '../../src/notifications/store/notification.repository.js';

const at = (text: string): Date => new Date(`${text}:00Z`);
const message = (id: string, when: string, over: Partial<SentMessage> = {}): SentMessage => ({
  id,
  recipientId: 'r-a',
  profileId: 'a',
  kind: 'digest',
  state: 'sent',
  more: 0,
  at: at(when),
  items: [],
  ...over,
});
const item = (key: string, over: Partial<SentItem> = {}): SentItem => {
  const [kind, callId, version] = key.split('/') as [SentItem['kind'], string, string | undefined];
  return {
    recipientId: 'r-a',
    key,
    kind,
    callId,
    version: Number(version ?? 1),
    urgency: null,
    held: false,
    place: 'digest',
    state: 'written',
    why: null,
    madeAt: at('2026-05-05T06:00'),
    notificationId: null,
    ...over,
  };
};

describe('messages per profile and week', () => {
  it('are spread by the nearest rank; nothing has no spread', () => {
    expect(spreadOf([0, 1, 1, 2, 2, 3, 3, 4, 5, 9])).toEqual({ median: 2, p90: 5, most: 9, mean: 3 });
    expect(spreadOf([])).toEqual({ median: null, p90: null, most: null, mean: null });
  });

  it('are counted over whole weeks, those without a message too, and first messages apart', () => {
    const messages = [
      message('1', '2026-05-06T06:00', { kind: 'first' }),
      message('2', '2026-05-11T06:00'),
      message('3', '2026-05-17T18:00', { kind: 'urgent' }),
      message('4', '2026-05-18T06:00'),
    ];
    const weeks = weeksSent(messages, ['a', 'b'], { from: '2026-05-06', to: '2026-05-20' });
    expect(weeks.counted).toEqual(['2026-05-11']);
    expect(weeks.all).toMatchObject({ median: 0, most: 2, mean: 1 });
    expect(weeks.each.filter((w) => w.profile === 'a')).toEqual([
      { profile: 'a', week: '2026-05-04', first: 1, digest: 0, urgent: 0 },
      { profile: 'a', week: '2026-05-11', first: 0, digest: 1, urgent: 1 },
      { profile: 'a', week: '2026-05-18', first: 0, digest: 1, urgent: 0 },
    ]);
    expect(weeksSent(messages, ['a'], { from: '2026-05-06', to: '2026-05-08' }).counted).toEqual([
      '2026-05-04',
    ]);
  });
});

describe('what was told twice', () => {
  const first = message('1', '2026-05-06T06:00', { kind: 'first', items: [{ callId: 'c', version: 2 }] });

  it('is found: a call in the same version, as new again, or by a change that it showed already', () => {
    const again = message('2', '2026-05-11T06:00', { items: [{ callId: 'c', version: 2 }] });
    expect(
      announcedTwice([first, again], [item('call/c', { notificationId: '2' })]).map((t) => t.what),
    ).toEqual(['the same version of a call', 'a call as new']);
    const later = { ...again, items: [{ callId: 'c', version: 3 }] };
    const changes = [
      item('change/c/2', { notificationId: '2' }),
      item('change/c/3', { notificationId: '2' }),
    ];
    expect(announcedTwice([first, later], changes)).toEqual([
      { profile: 'a', what: 'a change', key: 'change/c/2', messages: ['1', '2'] },
    ]);
  });

  it('is not: a later change, or the same to another reader', () => {
    const later = message('2', '2026-05-11T06:00', { items: [{ callId: 'c', version: 3 }] });
    const other = message('3', '2026-05-11T06:00', {
      recipientId: 'r-b',
      profileId: 'b',
      items: [{ callId: 'c', version: 2 }],
    });
    expect(announcedTwice([first, later, other], [item('change/c/3', { notificationId: '2' })])).toEqual([]);
  });
});

describe('deadlines that were brought forward', () => {
  const truth = [{ day: '2026-05-10', reference: 'C' }];
  const seen = [
    {
      reference: 'C',
      callId: 'c',
      version: 2,
      at: at('2026-05-10T06:00'),
      lastDeadlineAt: at('2026-06-01T15:00'),
    },
  ];
  const told = message('1', '2026-05-06T06:00', { kind: 'first', items: [{ callId: 'c', version: 1 }] });
  const known = item('call/c', { notificationId: '1' });
  const facts = (over: Partial<ForwardFacts>): ForwardFacts => ({
    messages: [told],
    items: [known],
    fits: [],
    seen,
    ...over,
  });
  const heard = (when: string, over: Partial<SentMessage> = {}): ForwardFacts =>
    facts({
      messages: [told, message('2', when, { kind: 'urgent', ...over })],
      items: [known, item('change/c/2', { notificationId: '2', urgency: 'brought-forward' })],
    });

  it('are in time with the visit that saw them, or with the next; not later, and not where the mail did not leave', () => {
    for (const when of ['2026-05-10T06:00', '2026-05-10T18:00'])
      expect(checkForward(truth, heard(when))).toMatchObject({
        events: 1,
        due: 1,
        inTime: 1,
        byDigest: 0,
        late: [],
      });
    expect(checkForward(truth, heard('2026-05-11T06:00'))).toMatchObject({
      due: 1,
      inTime: 0,
      late: [{ profile: 'a', reference: 'C', late: 'written, as brought-forward' }],
    });
    expect(checkForward(truth, heard('2026-05-10T06:00', { state: 'failed' }))).toMatchObject({
      due: 1,
      inTime: 0,
    });
    expect(checkForward(truth, heard('2026-05-10T06:00', { kind: 'digest' }))).toMatchObject({
      inTime: 1,
      byDigest: 1,
    });
  });

  it('are due to whoever was told or has it as a fit from before, and the reason is said where they did not hear', () => {
    const fit = (since: string) => [{ profileId: 'a', callId: 'c', since: at(since), score: 52 }];
    const untold = { messages: [message('1', '2026-05-06T06:00', { kind: 'first' })], items: [] };
    expect(checkForward(truth, facts({ ...untold, fits: fit('2026-05-06T06:00') })).late).toMatchObject([
      { late: 'never announced: the call fits with 52 by now' },
    ]);
    expect(checkForward(truth, facts({ ...untold, fits: fit('2026-05-10T06:00') }))).toMatchObject({
      due: 0,
      ofNobody: 1,
    });
    const dropped = item('change/c/2', { state: 'dropped', why: 'the call was over' });
    expect(checkForward(truth, facts({ items: [known, dropped] })).late).toMatchObject([
      { late: 'dropped: the call was over' },
    ]);
  });

  it('that nothing saw, or that ended the call, are counted apart', () => {
    expect(checkForward(truth, facts({ seen: [] }))).toMatchObject({ due: 0, unseen: truth });
    expect(checkForward(truth, facts({ seen: [{ ...seen[0]!, at: at('2026-05-13T06:00') }] }))).toMatchObject(
      { unseen: truth },
    );
    expect(
      checkForward(truth, facts({ seen: [{ ...seen[0]!, lastDeadlineAt: at('2026-05-09T15:00') }] })),
    ).toMatchObject({ due: 0, over: truth });
  });
});

describe('what waits at the end', () => {
  it('is told apart: since the last digest, for want of room in it, or though it was urgent', () => {
    const waits = (key: string, over: Partial<SentItem> = {}) => item(key, { state: 'waiting', ...over });
    const items = [
      waits('call/c', { madeAt: at('2026-05-12T06:00') }),
      waits('call/d'),
      waits('change/e/2', { place: 'now', held: false }),
      item('call/f', { state: 'dropped', why: 'over' }),
    ];
    const { items: counted } = summaryOf({ from: '2026-05-04', to: '2026-05-17' }, ['a'], [], {
      messages: [message('1', '2026-05-11T06:00')],
      items,
      fits: [],
      seen: [],
    });
    expect(counted).toEqual({
      written: 0,
      dropped: { 'call: over': 1 },
      waiting: { all: 3, sinceTheDigest: 1, leftOver: 1, atOnce: 1 },
    });
  });
});
