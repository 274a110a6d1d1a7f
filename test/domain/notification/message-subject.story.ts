import type { Deadline } from '../../../src/calls/domain/call-content.js';
import type { Change } from '../../../src/calls/domain/versions/diff.js';
import type { Message } from '../../../src/notifications/domain/content/message.js';
import { renderMail } from '../../../src/notifications/domain/content/render-mail.js';
import { alone, due, tellable } from '../../support/notifications/sample-calls-to-tell.js';
import {
  LISA,
  message,
  moved,
  opening,
  reminder,
  scopeChanged,
  told,
  urgent,
  weekly,
} from '../../support/notifications/sample-messages.js';

const NB = '\u00a0';
const SHORT = 'Bio-based surfactants and lubricants from lipid-rich side…';
const TITLE = 'Bio-based surfactants and lubricants from lipid-rich side streams';
const subject = (m: Message): string => renderMail(m).subject.replaceAll(NB, ' ');
const call = alone({ deadlines: [due('2026-11-03T16:00:00.000Z')] });
const fresh = (n: number) => Array.from({ length: n }, () => told(call));
const changed = (n: number) => Array.from({ length: n }, () => told(call, { changes: [scopeChanged] }));
const withdrawn: Change = { kind: 'withdrawn', field: 'call', from: 'open', to: null };
const back: Change = { kind: 'reappeared', field: 'call', from: null, to: 'open' };

describe('a subject', () => {
  it.each<[Partial<Message>, string, string]>([
    [
      { items: [...fresh(4), ...changed(2)] },
      'Carnot Europe: 4 new calls, 2 changes for Carnot LISA, next deadline 3 Nov',
      'Carnot Europe : 4 nouveaux appels, 2 modifications pour le Carnot LISA, prochaine échéance le 3 nov.',
    ],
    [
      { items: fresh(1) },
      'Carnot Europe: 1 new call for Carnot LISA, next deadline 3 Nov',
      'Carnot Europe : 1 nouvel appel pour le Carnot LISA, prochaine échéance le 3 nov.',
    ],
    [
      { items: [told(call, { baseline: true })] },
      'Carnot Europe: 1 call not announced before for Carnot LISA, next deadline 3 Nov',
      'Carnot Europe : 1 appel pas encore annoncé pour le Carnot LISA, prochaine échéance le 3 nov.',
    ],
    [
      { items: [told(alone({ deadlines: [] }))], follows: [] },
      'Carnot Europe: 1 new call',
      'Carnot Europe : 1 nouvel appel',
    ],
    [
      { items: fresh(1), follows: [LISA, LISA, LISA] },
      'Carnot Europe: 1 new call for Carnot LISA and 2 others, next deadline 3 Nov',
      'Carnot Europe : 1 nouvel appel pour le Carnot LISA et 2 autres, prochaine échéance le 3 nov.',
    ],
    [
      { items: fresh(1), follows: [{ kind: 'group', target: 'sea', name: 'Numérique', through: null }] },
      'Carnot Europe: 1 new call for the group Numérique, next deadline 3 Nov',
      'Carnot Europe : 1 nouvel appel pour le groupe Numérique, prochaine échéance le 3 nov.',
    ],
    [
      { reminders: [reminder(tellable())] },
      'Carnot Europe: 1 upcoming deadline for Carnot LISA, on 3 Nov',
      'Carnot Europe : 1 échéance proche pour le Carnot LISA, le 3 nov.',
    ],
    [
      { reminders: [reminder(tellable()), reminder(tellable())] },
      'Carnot Europe: 2 upcoming deadlines for Carnot LISA, the first on 3 Nov',
      'Carnot Europe : 2 échéances proches pour le Carnot LISA, la première le 3 nov.',
    ],
    [
      { answers: weekly('en').answers },
      'Carnot Europe: 2 answers for Carnot LISA',
      'Carnot Europe : 2 réponses pour le Carnot LISA',
    ],
    [
      { troubles: weekly('en').troubles },
      'Carnot Europe: 1 source in trouble for Carnot LISA',
      'Carnot Europe : 1 source en difficulté pour le Carnot LISA',
    ],
    // A withdrawn call has no deadline to work towards.
    [
      { items: [told(call, { changes: [withdrawn] })] },
      'Carnot Europe: 1 change for Carnot LISA',
      'Carnot Europe : 1 modification pour le Carnot LISA',
    ],
    [
      { items: [0, 1].map(() => told(call, { changes: [withdrawn, back, scopeChanged] })) },
      'Carnot Europe: 2 changes for Carnot LISA, next deadline 3 Nov',
      'Carnot Europe : 2 modifications pour le Carnot LISA, prochaine échéance le 3 nov.',
    ],
    // The date is that of the items counted, and of all that follows. An upcoming deadline is counted if
    // there is room; if not, and it is sooner, no date is named.
    [
      { items: fresh(1), reminders: [reminder(tellable({ deadlines: [due('2026-10-20T15:00:00.000Z')] }))] },
      'Carnot Europe: 1 new call, 1 upcoming deadline for Carnot LISA, next deadline 20 Oct',
      'Carnot Europe : 1 nouvel appel, 1 échéance proche pour le Carnot LISA, prochaine échéance le 20 oct.',
    ],
    [
      {
        items: [...fresh(1), ...changed(1)],
        reminders: [reminder(tellable({ deadlines: [due('2026-10-20T15:00:00.000Z')] }))],
      },
      'Carnot Europe: 1 new call, 1 change for Carnot LISA',
      'Carnot Europe : 1 nouvel appel, 1 modification pour le Carnot LISA',
    ],
    [
      {
        items: [
          ...fresh(1),
          ...changed(1),
          told(alone({ deadlines: [due('2026-10-20T15:00:00.000Z')] }), {
            changes: [{ kind: 'opened', field: 'sourceStatus', from: 'forthcoming', to: 'open' }],
          }),
        ],
      },
      'Carnot Europe: 1 new call, 1 change for Carnot LISA',
      'Carnot Europe : 1 nouvel appel, 1 modification pour le Carnot LISA',
    ],
  ])('of a digest counts what is in it (%#)', (over, en, fr) => {
    expect(subject(message(over))).toBe(en);
    expect(subject(message({ ...over, language: 'fr' }))).toBe(fr);
  });

  it('cuts no brackets in two: a title that is too long loses those at its end first', () => {
    const call = alone({
      title: 'Advanced manufacturing for key products (IA) (Made in Europe partnership)',
    });
    const first = subject(message({ kind: 'first', items: [told(call), told(alone())] }));
    expect(first).toMatch(/^Carnot Europe: Advanced manufacturing for key products \(closes [^()]+\) and/);
    const short = alone({ title: 'Key products (IA)' });
    expect(subject(message({ kind: 'first', items: [told(short)] }))).toContain('Key products (IA) (closes');
  });

  it('names the stage that has moved, where the next one has not', () => {
    const [first, before, after] = [
      due('2026-11-03T16:00:00.000Z'),
      due('2027-03-02T16:00:00.000Z'),
      due('2027-02-16T16:00:00.000Z'),
    ];
    const change: Change = { kind: 'forward', field: 'deadlines', from: [first, before], to: [first, after] };
    const item = told(alone({ deadlines: [first, after] }), {
      changes: [change],
      urgency: 'brought-forward',
    });
    expect(subject(message({ kind: 'urgent', items: [item] }))).toBe(
      `[Deadline brought forward] ${TITLE} — now 16 Feb 2027`,
    );
  });

  it('of one change says what changed', () => {
    const changed = (...changes: Change[]) => message({ items: [told(alone(), { changes })] });
    const budget = (total: number | null) => ({ ...alone().budget!, total });
    const raised: Change = { kind: 'budget', field: 'budget', from: budget(20e6), to: budget(25e6) };
    expect(subject(changed(raised))).toBe(
      `Carnot Europe: Budget raised from €20 million to €25 million: ${SHORT} (Carnot LISA)`,
    );
    expect(subject({ ...changed(raised), language: 'fr' })).toBe(
      `Carnot Europe : Budget porté de 20 M€ à 25 M€ : ${SHORT} (Carnot LISA)`,
    );
    const cut: Change = { ...raised, from: raised.to, to: raised.from };
    expect(subject({ ...changed(cut), language: 'fr' })).toContain('Budget ramené de 25 M€ à 20 M€');
    // An amount that was not stated before was not raised.
    expect(subject(changed({ ...raised, from: budget(null) }))).toContain('1 change for');
    expect(
      subject({
        ...changed(moved('extended', '2026-10-20T15:00:00.000Z', '2026-11-03T16:00:00.000Z')),
        language: 'fr',
      }),
    ).toContain('Échéance prolongée au 3 nov. :');
    expect(subject(changed(scopeChanged))).toContain('Text changed:');
  });

  it('of a first message names the best', () => {
    expect(subject(opening('en'))).toBe(
      'Carnot Europe: Bio-based surfactants and lubricants from lipid-rich side… (closes 3 Nov) and 9 more calls for Carnot LISA',
    );
    expect(subject(opening('fr'))).toMatch(
      /^Carnot Europe : .{20,60} \(clôture le 3 nov\.\) et 9 autres appels pour le Carnot LISA$/,
    );
  });

  it('of a first message names the best that can still be answered: none that ends today, nor one whose first stage is over', () => {
    const called = (title: string, deadlines: Deadline[]) => told(alone({ title, deadlines }));
    const today = called('Ends today', [due('2026-10-02T15:00:00.000Z')]);
    const second = called('Second stage', [
      { ...due('2026-09-01T15:00:00.000Z'), kind: 'stage-1' },
      { ...due('2027-02-01T16:00:00.000Z'), kind: 'stage-2' },
    ]);
    const later = called('Time enough', [due('2026-12-01T16:00:00.000Z')]);
    const first = (items: ReturnType<typeof told>[], over: Partial<Message> = {}) =>
      subject(message({ kind: 'first', items, ...over }));
    expect(first([today, second, later])).toBe(
      'Carnot Europe: Time enough (closes 1 Dec) and 2 more calls for Carnot LISA',
    );
    expect(first([later], { language: 'fr' })).toBe(
      'Carnot Europe : Time enough (clôture le 1er déc.) pour le Carnot LISA',
    );
    expect(first([called('At any time', [])])).toBe('Carnot Europe: At any time for Carnot LISA');
    expect(first([today, second])).toBe('Carnot Europe: your 2 best calls for Carnot LISA');
    const soon = told(alone({ title: 'Opens soon', opensAt: '2026-12-10T00:00:00.000Z' }));
    expect(first([soon, later])).toBe(
      'Carnot Europe: Opens soon (opens 10 Dec) and 1 more call for Carnot LISA',
    );
    expect(first([called('[SAMPLE] Wind', [due('2026-12-01T16:00:00.000Z')])], { sample: true })).toBe(
      '[SAMPLE] Carnot Europe: Wind (closes 1 Dec) for Carnot LISA',
    );
  });

  it.each([
    [
      'brought-forward',
      `[Deadline brought forward] ${TITLE} — now 14 Oct`,
      'Échéance avancée',
      'désormais le 14 oct.',
    ],
    [
      'extended-late',
      `[Late extension] ${TITLE} — now 14 Oct`,
      'Prolongé au dernier moment',
      'désormais le 14 oct.',
    ],
    ['withdrawn', `[Withdrawn] ${TITLE}`, 'Retiré', ''],
    [
      'short-notice',
      `[Closes in 12 days] ${TITLE} — closes 14 Oct`,
      'Clôture dans 12 jours',
      'clôture le 14 oct.',
    ],
  ] as const)('of what is urgent says so first: %s', (urgency, en, mark, end) => {
    expect(subject(urgent('en', urgency))).toBe(en);
    const french = subject(urgent('fr', urgency));
    expect(french.startsWith(`[${mark}] Programme et équipements prioritaires`)).toBe(true);
    expect(french.endsWith(end)).toBe(true);
  });

  it('of several that are urgent names the first, counts the others, and gives the date that all have', () => {
    const forward = (to: string) =>
      told(call, {
        urgency: 'brought-forward' as const,
        changes: [moved('forward', '2026-12-01T16:00:00.000Z', to)],
      });
    const items = [0, 1, 2].map(() => forward('2026-11-03T16:00:00.000Z'));
    expect(subject(message({ kind: 'urgent', items }))).toBe(
      `[Deadline brought forward] ${TITLE} and 2 more — now 3 Nov`,
    );
    const others = [...items, forward('2026-11-10T16:00:00.000Z')];
    expect(subject(message({ kind: 'urgent', items: others }))).toBe(
      `[Deadline brought forward] ${TITLE} and 3 more`,
    );
    const { text } = renderMail(message({ kind: 'urgent', items }));
    expect(text).toContain('\nDeadline brought forward\n====');
    // What the heading says of all of them is not repeated above each.
    expect(text).not.toContain('[Deadline brought forward]');
  });

  it('of several that close soon gives the days that are left for the first to close', () => {
    const closes = (title: string, at: string) =>
      told(alone({ title, deadlines: [due(at)] }), { urgency: 'short-notice' });
    const best = closes('Best match', '2026-10-20T15:00:00.000Z');
    const soonest = closes('First to close', '2026-10-14T15:00:00.000Z');
    expect(subject(message({ kind: 'urgent', items: [best, soonest] }))).toBe(
      '[Closes in 12 days] First to close and 1 more',
    );
    expect(subject(message({ kind: 'urgent', items: [best, soonest], language: 'fr' }))).toContain(
      '[Clôture dans 12 jours] First to close',
    );
  });

  it('of what is told as it happens says what it is', () => {
    const m = message({ kind: 'urgent', items: fresh(1) });
    expect(subject(m)).toBe(`[New] ${TITLE} — closes 3 Nov`);
    expect(renderMail(m).text).toContain('You asked to receive everything immediately.');
  });
});
