import { passkeyMail } from '../../../src/access/domain/sign-in-mails.js';
import { awaitedOf } from '../../../src/access/domain/landing.js';
import { policyProblems, relyingPartyOf } from '../../../src/access/domain/second-factor.js';
import { showedTwice } from '../../../src/access/domain/sign-on/claims.js';
import { Claims } from '../../../src/kernel/sign-on.js';

describe('browsers make passkeys', () => {
  it.each([
    ['https://calls.example.org', { id: 'calls.example.org', origin: 'https://calls.example.org' }],
    [
      'https://calls.example.org:8443/path',
      { id: 'calls.example.org', origin: 'https://calls.example.org:8443' },
    ],
    ['http://localhost:3000', { id: 'localhost', origin: 'http://localhost:3000' }],
    ['http://calls.localhost', { id: 'calls.localhost', origin: 'http://calls.localhost' }],
    ['http://calls.example.org', null],
    ['http://127.0.0.1:3000', null],
    ['https://192.0.2.7', null],
    ['https://[2001:db8::1]', null],
    ['http://localhost.example.org', null],
  ])('for %s: %j', (url, party) => {
    expect(relyingPartyOf(url)).toEqual(party);
  });

  it('or an installation that asks for them does not start', () => {
    expect(policyProblems('required', 'http://127.0.0.1:3000')).toEqual([
      expect.stringMatching(/^signIn\.passkeys is "required".* Fix: Set PUBLIC_URL/),
    ]);
    expect(policyProblems('required', 'https://calls.example.org')).toEqual([]);
    expect(policyProblems('offered', 'http://127.0.0.1:3000')).toEqual([]);
  });
});

describe('a session waits', () => {
  const shown = new Date('2026-05-06T10:00:00Z');
  it.each([
    ['off', 'coordinator', true, null, undefined],
    ['offered', 'coordinator', false, null, undefined],
    ['offered', 'coordinator', true, null, 'passkey'],
    ['offered', 'reader', true, null, 'passkey'],
    ['offered', 'officer', true, shown, undefined],
    ['required', 'coordinator', false, null, 'new-passkey'],
    ['required', 'coordinator', false, shown, undefined],
    ['required', 'coordinator', true, null, 'passkey'],
    ['required', 'officer', false, null, undefined],
  ] as const)(
    'where passkeys are %s, for a %s (has one: %s, shown: %s): %s',
    (policy, role, has, at, waits) => {
      expect(awaitedOf(policy, { role, hasPasskey: has, secondFactorAt: at })).toBe(waits);
    },
  );
});

describe('a provider has seen two factors', () => {
  it.each<[object, boolean]>([
    [{ amr: ['pwd', 'mfa'] }, true],
    [{ acr: 'https://refeds.org/profile/mfa' }, true],
    [{ amr: [1, 'mfa'] }, true],
    [{ amr: ['pwd', 'otp'] }, false],
    [{ amr: 'mfa' }, false],
    [{ acr: ['https://refeds.org/profile/mfa'] }, false],
    [{}, false],
  ])('by %j: %s', (said, twice) => {
    expect(showedTwice(Claims.parse({ sub: 'one', ...said }))).toBe(twice);
  });
});

describe('the mail about a passkey', () => {
  const url = 'https://calls.example.org/account';
  const mail = (language: 'fr' | 'en', what: 'made' | 'removed', by: { name: string } | 'operator' | null) =>
    passkeyMail({ to: { name: 'Ada', language }, what, passkeys: ['Desk', 'Key'], by, url }).text.replace(
      /\s+/g,
      ' ',
    );

  it('says what came or went, and who did it where that was somebody else', () => {
    expect(mail('en', 'made', null)).toContain(
      'The passkey “Desk”, “Key” was added to your Carnot Europe account.',
    );
    expect(mail('en', 'removed', null)).not.toContain('signed out');
    expect(mail('en', 'removed', { name: 'Bob' })).toContain('Bob removed your passkeys for Carnot Europe');
    expect(mail('fr', 'removed', 'operator')).toContain(
      'L’exploitant du service a supprimé vos clés d’accès',
    );
    for (const text of [mail('fr', 'made', null), mail('en', 'removed', 'operator')])
      expect(text).toContain(url);
  });
});
