import { load } from 'cheerio';
import { alarmHeadline, renderAlarm, type AlarmNews } from '../../../src/monitoring/domain/alarm-mail.js';

const news = (over: Partial<AlarmNews> = {}): AlarmNews => ({
  id: '0f7e2f5e-0000-4000-8000-000000000001',
  subject: 'source/funding-tenders',
  name: 'EU Funding & Tenders Portal',
  sourceId: 'funding-tenders',
  incident: null,
  previous: 'healthy',
  state: 'broken',
  reason: 'results[3].metadata is not an object',
  raisedAt: new Date('2026-06-01T06:00:00Z'),
  troubleSince: new Date('2026-06-01T06:00:00Z'),
  knowledge: { calls: 718, lastGoodRunAt: new Date('2026-05-31T18:00:00Z') },
  publicUrl: 'https://calls.example',
  now: new Date('2026-06-01T06:00:40Z'),
  ...over,
});
const queue = (over: Partial<AlarmNews> = {}): AlarmNews =>
  news({
    subject: 'queue/harvest',
    name: 'Queue harvest',
    sourceId: null,
    previous: 'ok',
    state: 'late',
    reason: '3 jobs wait, the oldest for 15 minutes; 0 are being worked on',
    knowledge: null,
    ...over,
  });
const unwrapped = (text: string): string => text.replace(/\s*\n\s*/g, ' ');
const read = (markup: string): string =>
  load(markup)('body')
    .text()
    .replace(/[ \n]+/g, ' ');

describe('the mail about an alarm', () => {
  it('says in its subject what it is, and what it was', () => {
    expect(renderAlarm(news()).subject).toBe(
      '[carnot-europe] EU Funding & Tenders Portal is broken (was healthy)',
    );
    expect(renderAlarm(queue()).subject).toBe('[carnot-europe] Queue harvest is late (was ok)');
    expect(renderAlarm(queue({ state: 'long', previous: 'late' })).subject).toBe(
      '[carnot-europe] Queue harvest is too long (was late)',
    );
    expect(renderAlarm(news({ previous: 'new' })).subject).toBe(
      '[carnot-europe] EU Funding & Tenders Portal is broken (at the first look)',
    );
  });

  it('tells in both bodies what happened, since when, what users see, what to do, and how to acknowledge', () => {
    const { text, html } = renderAlarm(news());
    for (const body of [unwrapped(text), read(html)]) {
      for (const part of [
        'not in the expected format',
        'Reason: results[3].metadata is not an object',
        'Since 1 June 2026, 08:00 (Brussels), 40 seconds ago.',
        'Its 718 calls stay as they were, last confirmed on 31 May 2026, 20:00 (Brussels), 12 hours ago.',
        'npm run cli -- reparse --source funding-tenders',
        'node dist/cli.js reparse --source funding-tenders',
        'https://calls.example/v1/sources',
        'curl -X POST -H "Authorization: Bearer $TOKEN" https://calls.example/v1/alarms/0f7e2f5e-0000-4000-8000-000000000001/acknowledge',
      ])
        expect(body).toContain(part);
      expect(body).not.toContain('SOURCE');
    }
    expect(
      load(html)('a')
        .map((_, a) => a.attribs['href'])
        .get(),
    ).toEqual([`https://calls.example/v1/alarms/${news().id}`, 'https://calls.example/v1/sources']);
  });

  it('breaks no command and no address, so that they can be copied, and keeps everything else short', () => {
    for (const [state, command] of [
      ['broken', 'npm run cli -- reparse --source funding-tenders'],
      ['stopped', 'docker compose up -d worker'],
    ] as const) {
      const lines = renderAlarm(news({ state })).text.split('\n');
      expect(lines).toContain(`    ${command}`);
      expect(lines.filter((l) => l.length > 76 && !/^(curl|http)/.test(l))).toEqual([]);
    }
  });

  it.each(['doubtful', 'broken', 'blocked', 'refused', 'throttled', 'unreachable', 'quiet'])(
    'has words of its own for a source that is %s',
    (state) => {
      const { text, subject } = renderAlarm(news({ state }));
      expect(subject).toContain(`is ${state} (was healthy)`);
      expect(text).toMatch(/What happened\n\S[^]*What it means for the users\n\S[^]*What to do\n- \S/);
      expect(text).not.toMatch(/SOURCE|undefined|null/);
    },
  );

  it.each(['late', 'long', 'stopped'])('has words of its own for a queue or workers that are %s', (state) => {
    const { text } = renderAlarm(queue({ state }));
    expect(text).toMatch(/What happened\n\S[^]*What to do\n- \S/);
    expect(text).toContain('https://calls.example/v1/queues');
    expect(text).not.toMatch(/SOURCE|undefined|null|What it means for the users/);
  });

  it('says of a quiet source that its calls are confirmed, and of one that was never read that nobody sees a call of it', () => {
    expect(
      unwrapped(
        renderAlarm(news({ state: 'quiet', knowledge: { calls: 1, lastGoodRunAt: news().raisedAt } })).text,
      ),
    ).toContain('Its 1 call was last confirmed on 1 June 2026');
    // One of questions or of funded projects has no calls.
    expect(
      unwrapped(renderAlarm(news({ knowledge: { calls: 0, lastGoodRunAt: news().raisedAt } })).text),
    ).toContain('What it holds stays as it was, last confirmed on 1 June 2026');
    expect(unwrapped(renderAlarm(news({ knowledge: { calls: 0, lastGoodRunAt: null } })).text)).toContain(
      'none of its calls are shown yet',
    );
  });

  it('says of one that goes from bad to bad for how long it has not been well', () => {
    expect(
      unwrapped(
        renderAlarm(
          news({ previous: 'throttled', state: 'blocked', troubleSince: new Date('2026-05-30T03:00:00Z') }),
        ).text,
      ),
    ).toContain('The problem has lasted 2 days 3 hours.');
    expect(renderAlarm(news()).text).not.toContain('It has not been well');
  });

  it('says since when it has been in trouble, which began before anybody could notice', () => {
    const text = unwrapped(
      renderAlarm(queue({ troubleSince: new Date('2026-06-01T05:45:00Z'), state: 'stopped' })).text,
    );
    expect(text).toContain('Since 1 June 2026, 07:45 (Brussels), 15 minutes ago.');
    expect(text).not.toContain('The problem has lasted');
  });

  it.each(['failing', 'incomplete', 'hampered', 'full', 'nearly-full', 'away'])(
    'has words of its own for delivery, a disk or a database that is %s',
    (state) => {
      const { text, subject } = renderAlarm(
        queue({ state, subject: 'delivery/email', name: 'Delivery (E-mail)' }),
      );
      expect(subject).toMatch(/^\[carnot-europe\] Delivery \(E-mail\) is [a-z ]+ \(was ok\)$/);
      expect(text).toMatch(/What happened\n\S[^]*What to do\n- \S/);
      expect(text).toContain('https://calls.example/v1/notifications?state=failed');
      expect(text).not.toMatch(/SOURCE|undefined|null/);
    },
  );

  it('reminds of an incident in the thread of its first mail, with how long it has lasted and how often it seemed over', () => {
    const { subject, text, html } = renderAlarm(
      news({
        troubleSince: new Date('2026-05-30T03:00:00Z'),
        incident: { subject: 'The portal is broken (was healthy)', relapses: 2, reminds: true },
      }),
    );
    expect(subject).toBe('Re: [carnot-europe] The portal is broken (was healthy)');
    for (const body of [unwrapped(text), read(html)]) {
      expect(body).toContain('EU Funding & Tenders Portal is still broken, for 2 days 3 hours now');
      expect(body).toContain('Since 30 May 2026, 05:00 (Brussels), 2 days ago.');
      expect(body).toContain('It seemed to be over 2 times in between.');
      expect(body).toContain('There is one reminder a day, and one e-mail when it is over.');
    }
  });

  it('gives the all-clear with how long it lasted, and asks for nothing', () => {
    const clear = news({
      previous: 'broken',
      state: 'healthy',
      reason: null,
      troubleSince: new Date('2026-06-01T02:48:00Z'),
      incident: { subject: 'The portal is broken (was healthy)', relapses: 0, reminds: false },
    });
    const { subject, text } = renderAlarm(clear);
    expect(subject).toBe('Re: [carnot-europe] The portal is broken (was healthy)');
    expect(unwrapped(text)).toMatch(
      /^EU Funding & Tenders Portal is healthy again after 3 hours 12 minutes \(was broken\)\./,
    );
    expect(text).not.toContain('seemed to be over');
    expect(unwrapped(text)).toContain('The problem lasted 3 hours 12 minutes.');
    expect(text).toContain('Nothing. Any acknowledgement has ended');
    expect(text).not.toMatch(/curl|reparse/);
    expect(alarmHeadline(queue({ state: 'ok', previous: 'late' }))).toBe(
      'Queue harvest is ok again after less than a minute (was late)',
    );
  });

  it('lets nothing from outside become markup, a second line of the subject, or endless', () => {
    const evil = '<script>alert(1)</script>\r\nBcc: a@b.c';
    const { subject, text, html } = renderAlarm(news({ name: evil, reason: `${evil} ${'x'.repeat(5_000)}` }));
    expect(subject).not.toMatch(/[\r\n]/);
    expect(load(html)('script')).toHaveLength(0);
    expect(text.length).toBeLessThan(4_000);
    expect(() => renderAlarm(news({ publicUrl: 'javascript:alert(1)' }))).toThrow(TypeError);
  });
});
