import { reminderMail } from '../../../src/pipeline/domain/pipeline-mails.js';
import { isAwake } from '../../../src/kernel/brussels.js';
import { remindersFor, type Watched } from '../../../src/pipeline/domain/reminders.js';

const date = (id: string, on: string, personId: string | null, doneAt: string | null = null) => ({
  ...{ id, label: `Label ${id}`, on, personId, left: false, doneAt },
});
const watched = (told: Partial<Watched>): Watched => ({
  id: 'o',
  title: 'Offshore wind',
  milestones: [],
  tasks: [],
  movedTo: null,
  expected: { result: null, contract: null, question: null },
  submittedFor: null,
  others: [],
  ...told,
});
const keys = (one: Watched, person: string, today: string, told: string[] = []): string[] =>
  remindersFor([one], person, today, new Set(told)).map((r) => r.key);

describe('reminders of the pipeline', () => {
  const one = watched({
    milestones: [
      date('a', '2026-06-10', 'ada'),
      date('b', '2026-06-10', 'bob'),
      date('c', '2026-06-10', 'ada', '2026-06-01T00:00:00Z'),
      date('d', '2026-06-10', null),
    ],
  });

  it('tell of a date a week ahead, on its eve, and once it has passed: each once, to whom it belongs', () => {
    expect(keys(one, 'ada', '2026-06-02')).toEqual([]);
    expect(keys(one, 'ada', '2026-06-03')).toEqual(['a/2026-06-10/ahead']);
    expect(keys(one, 'ada', '2026-06-08', ['a/2026-06-10/ahead'])).toEqual([]);
    expect(keys(one, 'ada', '2026-06-09', ['a/2026-06-10/ahead'])).toEqual(['a/2026-06-10/eve']);
    expect(keys(one, 'ada', '2026-06-11')).toEqual(['a/2026-06-10/passed']);
    expect(keys(one, 'bob', '2026-06-09')).toEqual(['b/2026-06-10/eve']);
    expect(keys(one, 'zoe', '2026-06-09')).toEqual([]);
  });

  it('tell of a task as of a date, and of one without a day never', () => {
    const task = (id: string, due: string | null, doneAt: string | null = null) => ({
      ...{ id, text: `Task ${id}`, due, personId: 'ada', left: false, doneAt },
    });
    const tasks = [task('t', '2026-06-10'), task('u', null), task('v', '2026-06-10', '2026-06-01T00:00:00Z')];
    const [reminder, ...more] = remindersFor([watched({ tasks })], 'ada', '2026-06-09', new Set());
    expect([reminder, more]).toMatchObject([{ kind: 'task', label: 'Task t', key: 't/2026-06-10/eve' }, []]);
    const mail = (language: 'fr' | 'en') =>
      reminderMail('Ada', [reminder!], language, () => 'https://c.test/x', 'https://c.test/settings');
    expect(mail('en').subject).toBe('Task t: due 10 June 2026 (Offshore wind)');
    expect(mail('fr').subject).toMatch(/^Task t\u00a0: à faire pour le 10\sjuin 2026 \(Offshore wind\)$/);
  });

  it('say of a date that has passed that it is overdue, not once more when it is due', () => {
    const late = remindersFor([one], 'ada', '2026-06-11', new Set());
    const mail = (language: 'fr' | 'en') =>
      reminderMail('Ada', late, language, () => 'https://c.test/x', 'https://c.test/settings').subject;
    expect(mail('en')).toBe('Label a: overdue since 10 June 2026 (Offshore wind)');
    expect(mail('fr')).toMatch(/^Label a\u00a0: en retard depuis le 10\sjuin 2026 \(Offshore wind\)$/);
  });

  it('tell all who have a date that the deadline moved and that a result should be known, else who did something last', () => {
    const moved = { movedTo: '2026-12-01', others: ['zoe'] };
    const expected = { result: '2026-05-01', contract: '2026-08-01', question: 'result' as const };
    expect(keys({ ...one, ...moved }, 'bob', '2026-06-01')).toEqual(['o/moved/2026-12-01']);
    expect(keys({ ...one, ...moved }, 'zoe', '2026-06-01')).toEqual([]);
    expect(keys(watched({ ...moved, expected }), 'zoe', '2026-06-01')).toEqual([
      'o/result/2026-05-01',
      'o/moved/2026-12-01',
    ]);
  });

  it('wake nobody', () => {
    expect(isAwake(new Date('2026-06-01T04:59:00Z'))).toBe(false);
    expect(isAwake(new Date('2026-06-01T05:00:00Z'))).toBe(true);
  });

  it('are written in the language of the person, each with the way to it', () => {
    const reminders = remindersFor([{ ...one, movedTo: '2026-12-01' }], 'ada', '2026-06-09', new Set());
    const page = (id: string) => `https://calls.test/pipeline/${id}`;
    const en = reminderMail('Ada', reminders, 'en', page, 'https://c.test/settings');
    expect(en.subject).toBe('Label a: 10 June 2026 (Offshore wind), and 1 more');
    expect(en.text).toContain('The deadline moved to 1 December 2026: should your dates move too?');
    expect(en.text).toContain('https://calls.test/pipeline/o');
    expect(en.text).toContain('https://c.test/settings');
    const fr = reminderMail('Ada', reminders, 'fr', page, 'https://c.test/settings');
    const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
    expect(plain(fr.subject)).toBe('Label a : le 10 juin 2026 (Offshore wind), et 1 autre');
    expect(plain(fr.html)).toContain('le 10 juin 2026');
    // A long title is shortened inside its brackets, so that they still close.
    const long = [
      { ...reminders[0]!, title: 'Floating offshore wind farms far from every shore, '.repeat(3) },
    ];
    expect(reminderMail('Ada', long, 'en', page, 'https://c.test/settings').subject).toMatch(
      /^Label a: 10 June 2026 \(Floating .{10,48}…\)$/,
    );
    const nasty = reminderMail(
      '<b>',
      [{ ...reminders[0]!, title: '<script>x</script>' }],
      'en',
      page,
      'https://c.test/settings',
    );
    expect(nasty.html).not.toContain('<script>');
  });
});
