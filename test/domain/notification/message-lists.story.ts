import { load } from 'cheerio';
import { renderMail } from '../../../src/notifications/domain/content/render-mail.js';
import { both, read, unwrapped } from '../../support/notifications/read-mail.js';
import { alone, due, french } from '../../support/notifications/sample-calls-to-tell.js';
import { message, reminder, scopeChanged, told } from '../../support/notifications/sample-messages.js';

const NB = '\u00a0';

describe('the lists of a mail', () => {
  const opened = { kind: 'opened' as const, field: 'sourceStatus', from: 'forthcoming', to: 'open' };

  it('tells of a call that merely opened in a line of its own, with its topic, its deadline and how well it fits', () => {
    const items = [
      told(alone({ title: 'Enzymes, new' })),
      told(alone({ title: 'Oils, opened' }), { changes: [opened] }),
      told(alone({ title: 'Soaps, opened and other', identifier: 'T-2' }), {
        changes: [opened, scopeChanged],
      }),
    ];
    for (const body of both(message({ items }))) {
      expect(body).toMatch(
        /Now open ?[= ]*(- )?Oils, opened ?HORIZON-CL6-2026-CIRCBIO-01-04; Horizon Europe \(HORIZON\); Deadline: 22 October 2026, 17:00 \(Brussels\); Fits Carnot LISA: 78 out of 100 \(strong\); competence “Chimie des lipides biosourcés”/,
      );
      expect(body.match(/The call has opened/g)).toHaveLength(1);
      expect(body).toMatch(/2\. (\[Changed\] )?Soaps, opened and other/);
    }
    expect(renderMail(message({ items })).subject).toBe(
      'Carnot Europe: 1 new call, 1 change for Carnot LISA, next deadline 22 Oct',
    );
    const only = renderMail(message({ language: 'fr', items: items.slice(1, 2) }));
    expect(only.subject.replaceAll(NB, ' ')).toBe(
      'Carnot Europe : 1 appel désormais ouvert pour le Carnot LISA, prochaine échéance le 22 oct.',
    );
    expect(only.text).toMatch(/\nOuverts maintenant\n=+\n\n- Oils, opened\n/);
    expect(load(only.html!)('body > div').first().text()).toBe('Oils, opened');
  });

  it('names a cascade call that opened by its project, not by the topic that funded it', () => {
    const cascade = alone({
      kind: 'cascade',
      identifier: 'TOPIC-1',
      project: { acronym: 'SHIELD', name: null, id: null },
    });
    for (const body of both(message({ items: [told(cascade, { changes: [opened] })] })))
      expect([/SHIELD; Horizon Europe/.test(body), body.includes('TOPIC-1')]).toEqual([true, false]);
  });

  it('takes the day for which it was planned for no news once a call is open, but for news before', () => {
    const moved = {
      kind: 'opening' as const,
      field: 'opensAt',
      from: '2026-09-01T00:00:00.000Z',
      to: '2026-10-01T00:00:00.000Z',
    };
    const text = (changes: (typeof opened | typeof moved)[]): string =>
      renderMail(message({ items: [told(alone(), { changes })] })).text;
    expect(text([moved, opened])).toMatch(/Now open/);
    expect(text([moved, opened])).not.toMatch(/Opening: /);
    expect(text([moved])).toMatch(/- Opening: 1 October 2026/);
  });

  it('tells in full what opened where it is told at once', () => {
    expect(
      renderMail(message({ kind: 'urgent', items: [told(alone(), { changes: [opened] })] })).text,
    ).toContain('The call has opened.');
  });

  it('names at most twenty deadlines, nearest first, and leads to the others', () => {
    const reminders = [...Array(23).keys()].map((i) =>
      reminder(
        alone({
          title: `Call ${22 - i}`,
          deadlines: [due(`2026-11-${String(28 - i).padStart(2, '0')}T16:00:00.000Z`)],
        }),
      ),
    );
    const { text, html } = renderMail(message({ reminders }));
    expect([...text.matchAll(/^- in (\d+) days – Call/gm)].map((m) => Number(m[1]))).toEqual(
      [...Array(20).keys()].map((i) => 35 + i),
    );
    for (const body of [unwrapped(text), read(html!)]) expect(body).toContain('And 3 more deadlines');
    expect(text).toContain('https://carnot.example/institutes/lisa/inbox\n');
  });

  it('names with each deadline the topic and its programme, as far as there are any', () => {
    const reminders = [
      reminder(alone()),
      reminder(french()),
      reminder(alone({ title: 'Bare', identifier: null, programme: { code: '99', name: null } })),
    ];
    for (const body of both(message({ reminders }))) {
      expect(body).toContain(
        '22 October 2026, 17:00 (Brussels); HORIZON-CL6-2026-CIRCBIO-01-04; Horizon Europe (HORIZON)',
      );
      expect(body).toContain('22 October 2026, 17:00 (Brussels); Agence nationale de la recherche');
      expect(body).toMatch(/Bare ?22 October 2026, 17:00 \(Brussels\)(?!;)/);
    }
    expect(both(message({ language: 'fr', reminders: [reminder(alone())] }))[0]).toContain(
      `(heure de Bruxelles)${NB}; HORIZON-CL6-2026-CIRCBIO-01-04`,
    );
  });

  it('says once that it only reminds of deadlines', () => {
    const only = (language: 'fr' | 'en') =>
      renderMail(message({ language, reminders: [reminder(alone()), reminder(french())] })).text;
    expect(only('en')).toMatch(
      /\n\nThere is nothing new since the last message, but deadlines are approaching\.\n\nUpcoming deadlines\n=+\n/,
    );
    expect(only('fr')).toMatch(
      /\n\nRien de nouveau depuis le dernier message, mais des échéances approchent\.\n\nÉchéances proches\n=+\n/,
    );
    const one = (language: 'fr' | 'en') =>
      renderMail(message({ language, reminders: [reminder(alone())] })).text;
    expect(one('en')).toContain('but a deadline is approaching.');
    expect(one('fr')).toContain('mais une échéance approche.');
    const glance = renderMail(message({ reminders: [reminder(alone())], glance: [told(french())] })).text;
    expect(glance).toContain('Also published, at a glance');
    expect(glance).not.toContain('nothing new');
    for (const said of [only('en'), only('fr')]) expect(said.match(/^=+$/gm)).toHaveLength(1);
    expect(renderMail(message({ items: [told(alone())], reminders: [reminder(french())] })).text).toContain(
      'This is what is new or has changed since the last message.',
    );
  });
});
