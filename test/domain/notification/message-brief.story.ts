import { load } from 'cheerio';
import { renderMail } from '../../../src/notifications/domain/content/render-mail.js';
import { deadlineInShort } from '../../../src/calls/domain/facts/call-facts.js';
import { alone } from '../../support/notifications/sample-calls-to-tell.js';
import { both, unwrapped } from '../../support/notifications/read-mail.js';
import { decideUrl, hostile, opening, urgent, weekly } from '../../support/notifications/sample-messages.js';

describe('a mail of many calls', () => {
  it('tells of few calls each in full', () => {
    const sentences = [
      'Fits Carnot LISA: 81 out of 100 (strong)',
      'Also fits: Carnot 3BCAR (72, strong), CETIM (44, uncertain)',
      'Fits your competence “Chimie des lipides biosourcés”: it mentions enzymes and lipid-rich side streams.',
      '“Proposals should develop and demonstrate processes in which industrial enzymes and',
      '3 November 2026, 17:00 (Brussels), stage 1',
      '14 April 2027*, stage 2',
      '€18 million for the topic; €5 million to €6 million per project; 3 projects expected',
      'Because you follow Carnot LISA',
      'Open in Carnot Europe',
    ];
    const few = { ...weekly('en'), items: weekly('en').items.slice(0, 3) };
    for (const body of both(few)) expect(sentences.filter((s) => !body.includes(s))).toEqual([]);
    for (const body of both(weekly('en'))) expect(body).not.toMatch(/Fits|it mentions|Open in|14 April/);
  });

  it('counts no days to a date more than a year ahead', () => {
    const due = (at: string) => ({
      deadlines: [{ ...alone().deadlines[0]!, kind: 'single' as const, at }],
      opensAt: null,
    });
    const now = new Date('2026-07-01T08:00:00Z');
    expect(deadlineInShort(due('2027-09-21T15:00:00.000Z'), now, 'fr')).toBe('21\u00a0sept. 2027');
    expect(deadlineInShort(due('2026-09-21T15:00:00.000Z'), now, 'fr')).toBe('J-82 (21\u00a0sept.)');
  });

  it('says which date is the opening and which the end, and of cut-offs once that they are some', () => {
    const now = new Date('2026-07-01T08:00:00Z');
    const due = (kind: 'single' | 'cut-off' | 'stages', ...days: string[]) =>
      deadlineInShort(
        {
          deadlines: days.map((day, i) => ({
            ...alone().deadlines[0]!,
            kind: kind === 'stages' ? (i ? 'stage-2' : 'stage-1') : kind,
            at: `${day}T15:00:00.000Z`,
          })),
          opensAt: '2027-06-03T00:00:00.000Z',
        },
        now,
        'fr',
      );
    expect(due('single', '2027-09-22')).toBe('ouvre le 3\u00a0juin 2027, clôture le 22\u00a0sept. 2027');
    expect(due('stages', '2027-09-23', '2028-02-20')).toBe(
      'ouvre le 3\u00a0juin 2027, clôture le 23\u00a0sept. 2027, étape\u00a01\u00a0; 20\u00a0févr. 2028, étape\u00a02',
    );
    expect(due('cut-off', '2027-09-23', '2028-01-21', '2028-06-02')).toBe(
      'ouvre le 3\u00a0juin 2027, dates intermédiaires (cut-off)\u00a0: 23\u00a0sept. 2027\u00a0; 21\u00a0janv. 2028\u00a0; +1',
    );
  });

  it('gives each of many calls three lines and two ways to decide, and says nothing ten times', () => {
    const ten = { ...opening('en'), kind: 'digest' as const, more: 0 };
    const page = load(renderMail(ten).html!);
    const links = page('h2 a')
      .map((_, a) => page(a).attr('href')!)
      .get();
    expect(links).toEqual(ten.items.map((item) => item.pageUrl));
    for (const [verdict, label] of [
      ['relevant', 'Relevant'],
      ['not', 'Not for us'],
    ] as const)
      expect(ten.items.map((item) => page(`a[href="${decideUrl(verdict, [item.callId])}"]`).text())).toEqual(
        Array(10).fill(label),
      );
    for (const body of both(ten)) {
      expect(body).not.toMatch(/\bNew\b|Fits|Open in|out of 100/);
      expect(body.match(/Carnot LISA/g)!.length).toBeLessThan(5);
    }
    for (const body of both(ten)) expect(unwrapped(body)).toContain('whoever has this e-mail can use them');
    // Readers without the right to decide get no such links, and withdrawn calls need no decision.
    for (const over of [
      { decideUrl: null },
      { items: ten.items.map((item) => ({ ...item, changes: urgent('en', 'withdrawn').items[0]!.changes })) },
    ])
      for (const body of both({ ...ten, ...over })) expect(body).not.toMatch(/Not for us|can use them/);
  });

  it('lets nothing from outside become markup either', () => {
    for (const language of ['fr', 'en'] as const) {
      const many = renderMail({
        ...hostile(language),
        items: Array.from({ length: 4 }, (_, i) => ({ ...hostile(language).items[0]!, callId: `c${i}` })),
      });
      expect(load(many.html!)('script, img, b, [onclick], [onerror]')).toHaveLength(0);
      expect(load(many.html!)('h2 a').first().text()).toContain('<script>alert(1)</script>');
      expect(many.text).not.toMatch(/[\r\u202e]|javascript:/);
    }
  });
});
