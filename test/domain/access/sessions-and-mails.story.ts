import { browserName } from '../../../src/access/domain/browser-name.js';
import { invitationMail, signInMail } from '../../../src/access/domain/sign-in-mails.js';
import { landingOf } from '../../../src/access/domain/landing.js';
import { sessionEnd } from '../../../src/kernel/lifetimes.js';
import { signedInJustNow } from '../../../src/kernel/actor.js';
import { draftProfile } from '../../../src/access/new-institute.js';

const at = (iso: string): Date => new Date(iso);

describe('a session', () => {
  it('lives for its idle time after its last use, and for its longest time in all', () => {
    const begun = at('2026-01-01T08:00:00Z');
    for (const [used, until] of [
      ['2026-01-01T08:00:00Z', '2026-01-31T08:00:00Z'],
      ['2026-02-09T17:00:00Z', '2026-03-11T17:00:00Z'],
      ['2026-03-31T07:00:00Z', '2026-04-01T08:00:00Z'],
    ] as const)
      expect(sessionEnd(begun, at(used), { idleHours: 720, longestDays: 90 })).toEqual(at(until));
  });
});

describe('a sign-in', () => {
  it.each([
    ['of fourteen minutes ago is recent', '2026-01-01T08:00:00Z', true],
    ['of sixteen minutes ago is not', '2026-01-01T07:58:00Z', false],
    ['half a minute ahead, on a machine whose clock is fast, is recent', '2026-01-01T08:14:30Z', true],
    ['two minutes ahead is not, since nobody knows when it was', '2026-01-01T08:16:00Z', false],
  ])('%s', (_, signedInAt, recent) => {
    expect(signedInJustNow({ signedInAt: at(signedInAt) }, at('2026-01-01T08:14:00Z'))).toBe(recent);
  });
});

describe('who has signed in lands', () => {
  const officer = { role: 'officer' as const, profileId: 'leti', lastSeenAt: null };
  it.each([
    [
      'an officer at the first visit of an unconfirmed institute',
      officer,
      { confirmed: false },
      '/institutes/leti/start',
    ],
    [
      'at the second',
      { ...officer, lastSeenAt: at('2026-01-01T00:00:00Z') },
      { confirmed: false },
      '/institutes/leti/inbox',
    ],
    ['of a confirmed institute', officer, { confirmed: true }, '/institutes/leti/inbox'],
    ['a reader', { ...officer, role: 'reader' as const }, { confirmed: false }, '/institutes/leti/inbox'],
    [
      'a coordinator',
      { role: 'coordinator' as const, profileId: null, lastSeenAt: null },
      null,
      '/institutes',
    ],
  ])('%s', (_, person, institute, path) => {
    expect(landingOf(person, institute)).toBe(path);
  });
});

describe('a browser is called', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox, Windows'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
      'Edge, Windows',
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
      'Chrome, Linux',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
      'Safari, iOS',
    ],
    ['curl/8.5.0', null],
    ['', null],
    [null, null],
  ])('%s', (userAgent, name) => {
    expect(browserName(userAgent)).toBe(name);
  });
});

describe('the mails', () => {
  const url = 'https://calls.test/sign-in/secret';
  const told = {
    name: 'Zoé <b>',
    language: 'fr',
    role: 'officer',
    institute: 'Carnot X',
    by: 'Anne\r\nBcc: all@x.test',
    url,
    signInUrl: 'https://calls.test/sign-in',
    account: null,
  } as const;

  it('hold the link in both bodies, once for the eye and once to copy, and say how long it is good', () => {
    for (const [mail, time] of [
      [signInMail({ name: 'A', language: 'fr', url }), '15 minutes'],
      [signInMail({ name: 'A', language: 'en', url }), '15 minutes'],
      [invitationMail(told), '7 jours'],
      [invitationMail({ ...told, language: 'en' }), '7 days'],
    ] as const) {
      expect(mail.text.split('\n')).toContain(url);
      expect(mail.html.split(url)).toHaveLength(3);
      expect(mail.text.replaceAll('\n', ' ')).toContain(time);
    }
  });

  it("are in the reader's language, and say who invites to which institute", () => {
    expect(invitationMail(told).text).toContain('pour le Carnot X');
    expect(
      invitationMail({ ...told, language: 'en', institute: null, role: 'coordinator' }).text.replaceAll(
        '\n',
        ' ',
      ),
    ).toContain('coordination of the Carnot network');
  });

  it('name the operator, who has no name, in the language of the reader', () => {
    expect(invitationMail({ ...told, by: null }).subject).toBe(
      'L’exploitant du service vous invite sur Carnot Europe',
    );
    expect(invitationMail({ ...told, by: null, language: 'en' }).text).toContain(
      'The operator of this service invites you',
    );
  });

  it('take nothing from a name into their structure', () => {
    const { subject, html } = invitationMail(told);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).toContain('Zoé &lt;b>');
  });
});

describe('an institute that nobody has described', () => {
  it('begins with a profile that matches nothing and is not confirmed', () => {
    const { confirmed, competences, contacts } = draftProfile({
      id: 'new',
      name: 'Carnot New',
      language: 'fr',
    });
    expect({ confirmed, contacts, competences: competences.map((c) => [c.label, c.weight]) }).toEqual({
      confirmed: false,
      contacts: [],
      competences: [['À décrire', 0]],
    });
  });
});
