import { load } from 'cheerio';
import { renderMail } from '../../../src/notifications/domain/content/render-mail.js';
import type { SourceAge } from '../../../src/calls/domain/facts/call-facts.js';
import { message, reminder } from '../../support/notifications/sample-messages.js';
import { tellable } from '../../support/notifications/sample-calls-to-tell.js';

const NB = '\u00a0';
const STATES = ['doubtful', 'broken', 'blocked', 'refused', 'throttled', 'unreachable'] as const;

/** Returns the plain-text footer line about a source, after checking that the HTML says the same. */
function line(source: Partial<SourceAge>, language: 'en' | 'fr' = 'en'): string {
  const { text, html } = renderMail(
    message({
      language,
      reminders: [reminder(tellable())],
      now: new Date('2026-06-01T06:00:00Z'),
      sources: [
        { name: 'Portal', lastGoodRunAt: new Date('2026-05-29T04:00:00Z'), state: 'healthy', ...source },
      ],
    }),
  );
  const said = text
    .replace(/[ ]*\n {2}/g, ' ')
    .split('\n')
    .find((l) => l.startsWith('- Portal'))!
    .slice(2);
  expect(load(html!)('li').last().text()).toBe(said);
  return said;
}

describe('the foot of a message', () => {
  it('gives the age of what is known of each source', () => {
    expect(line({})).toBe('Portal: last read in full on 29 May 2026, 06:00 (Brussels), 3 days ago');
    expect(line({ lastGoodRunAt: null, state: 'new' })).toBe('Portal: not yet read successfully');
  });

  it.each(STATES)('says in words that a source which is %s was not read, since when, and why', (state) => {
    expect(line({ state })).toMatch(
      /^Portal: not read since 29 May 2026, 06:00 \(Brussels\), 3 days ago, because \S.*; its calls are shown as they were then$/,
    );
    expect(line({ state }, 'fr')).toMatch(
      new RegExp(
        `^Portal${NB}: non lu depuis le 29${NB}mai 2026 à 6${NB}h \\(heure de Bruxelles\\), il y a 3 jours, car \\S.*${NB}; ses appels sont montrés tels qu’ils étaient alors$`,
      ),
    );
    expect(line({ state, lastGoodRunAt: null })).toMatch(/^Portal: not yet read successfully, because \S/);
    expect(line({ state, lastGoodRunAt: null }, 'fr')).toMatch(/ pas encore lu avec succès, car \S/);
  });

  it('has another reason for each state, in both languages', () => {
    for (const language of ['en', 'fr'] as const)
      expect(new Set(STATES.map((state) => line({ state }, language))).size).toBe(STATES.length);
  });

  it('says that a source is quiet', () => {
    expect(line({ state: 'quiet' })).toContain(
      'last read in full on 29 May 2026, 06:00 (Brussels), 3 days ago; it has shown nothing new for an unusually long time',
    );
    expect(line({ state: 'quiet' }, 'fr')).toContain('rien de nouveau depuis un temps inhabituel');
  });
});
