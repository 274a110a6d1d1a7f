import { requirementsOf } from '../../../src/calls/domain/requirements.js';
import type { CallContent } from '../../../src/calls/domain/call-content.js';
import type { MatchScore } from '../../../src/matching/domain/scoring/match.js';
import { proposalMail } from '../../../src/proposals/domain/proposal-mails.js';
import { proposalMessage, withoutEmptyReason, type Proposed } from '../../../src/proposals/domain/message.js';
import { aCall } from '../../support/matching/calls.js';

const TEXT = 'Floating platforms carry an offshore wind turbine. Other matters follow.';
const call = aCall('W-1', {
  title: 'Larger wind farms',
  typesOfAction: ['HORIZON Innovation Actions'],
  url: 'https://example.org/w-1',
  deadlineModel: 'two-stage',
  deadlines: [
    { at: '2027-01-12T16:00:00Z', timeTold: true },
    { at: '2027-09-21T15:00:00Z', timeTold: true },
  ],
  budget: {
    currency: 'EUR',
    total: 12_000_000,
    expectedGrants: 3,
    minContribution: null,
    maxContribution: 4_000_000,
    years: ['2027'],
  },
  sections: [
    { kind: 'scope', title: 'Scope', text: TEXT },
    {
      kind: 'conditions',
      title: 'Conditions',
      text: 'Eligible costs will take the form of a lump sum as defined in the Decision.',
    },
  ],
});
const start = TEXT.indexOf('offshore wind');
const match: MatchScore = {
  score: 50,
  competences: [{ competence: 'Wind energy', score: 50, excludedBy: null }],
  evidence: [
    {
      competence: 'Wind energy',
      term: 'offshore wind',
      field: 'sections.0',
      spans: [{ start, end: start + 13 }],
      contribution: 50,
    },
  ],
};
const proposed = (language: 'fr' | 'en', overrides: Partial<Proposed> = {}): Proposed => ({
  researcher: { name: 'Marie Martin', language },
  why: [{ competence: 'Wind energy', points: 50, terms: ['offshore wind', 'turbine'] }],
  call,
  stated: requirementsOf(overrides.call ?? call),
  total: 'topic',
  matched: { match, content: call },
  word: null,
  officer: 'Odile Officer',
  institute: 'Carnot Air',
  now: new Date('2026-11-01T08:00:00Z'),
  ...overrides,
});
const without = (overrides: Partial<CallContent>): Partial<Proposed> => ({
  call: { ...call, ...overrides },
  matched: null,
});

describe('the message that is ready', () => {
  it('says in English why them, the passage, the deadlines in Brussels, the money and whether it is a lump sum', () => {
    const { subject, text } = proposalMessage(proposed('en'));
    expect(subject).toBe('A call for you? Larger wind farms – deadline 12 January 2027');
    expect(text).toBe(
      [
        'Hello,',
        '',
        'I have come across a European call that may suit you:',
        'Larger wind farms',
        'HORIZON-W-1',
        '',
        'Why you: the call matches your competence “Wind energy” (it mentions offshore wind and turbine).',
        '',
        'What it says:',
        '“Floating platforms carry an offshore wind turbine.”',
        '',
        'Deadline: 12 January 2027, 17:00 (Brussels), stage 1',
        'Then: 21 September 2027, 17:00 (Brussels), stage 2',
        'Budget: €12 million for the topic; at most €4 million per project; 3 projects expected',
        'Type of action: HORIZON Innovation Actions',
        'Lump sum: yes, the call says so',
        'The call’s page: https://example.org/w-1',
        '',
        'Would this interest you?',
        '',
        'Best regards,',
        'Odile Officer, Carnot Air',
      ].join('\n'),
    );
  });

  it('says of a topic of a draft that it is not yet adopted, before its dates', () => {
    const draft = { reference: 'D113042', version: 2, day: '2026-05-28' };
    const lines = proposalMessage(proposed('en', without({ draft }))).text.split('\n');
    const at = lines.indexOf('Status: draft of 28 May 2026, version 2; not yet adopted');
    expect(lines[at + 1]).toMatch(/^Deadline: /);
    expect(proposalMessage(proposed('fr', without({ draft }))).text).toMatch(
      /^Statut\s: projet du 28\s?mai 2026, version 2\s; pas encore adopté$/mu,
    );
  });

  it('says it in French, and that the call is written in English', () => {
    const { subject, text } = proposalMessage(proposed('fr'));
    expect(subject).toBe('Un appel pour vous\u00a0? Larger wind farms – échéance le 12\u00a0janvier 2027');
    for (const line of [
      'Bonjour,',
      'Pourquoi vous\u00a0: l’appel rejoint votre compétence «\u00a0Wind energy\u00a0» (il y est question de «\u00a0offshore wind\u00a0» et «\u00a0turbine\u00a0»).',
      'Échéance\u00a0: 12\u00a0janvier 2027 à 17\u00a0h (heure de Bruxelles), étape\u00a01',
      'Forfait (lump sum)\u00a0: oui, l’appel le précise',
      'Ce que dit l’appel, en anglais\u00a0:',
      'Bien cordialement,',
    ])
      expect(text.split('\n')).toContain(line);
  });

  it('quotes the text and never the title, which it names anyway; theirs before any other passage', () => {
    const at = (competence: string, field: string, text: string, word: string, contribution: number) => ({
      competence,
      term: word,
      field,
      spans: [{ start: text.indexOf(word), end: text.indexOf(word) + word.length }],
      contribution,
    });
    const evidence = [
      at('Wind energy', 'title', call.title, 'wind', 30),
      at('Materials', 'sections.0', TEXT, 'matters', 20),
      at('Wind energy', 'sections.0', TEXT, 'turbine', 1),
    ];
    const said = (found: typeof evidence) =>
      proposalMessage(proposed('en', { matched: { match: { ...match, evidence: found }, content: call } }))
        .text;
    expect(said(evidence)).toContain('“Floating platforms carry an offshore wind turbine.”');
    expect(said(evidence.slice(0, 2))).toContain('“Other matters follow.”');
    expect(said(evidence.slice(0, 1))).not.toContain('What it says');
  });

  it('says what is not stated, and leaves the reason to the officer where there is none', () => {
    const { subject, text } = proposalMessage(
      proposed('en', {
        ...without({
          deadlines: [],
          budget: null,
          sections: [],
          typesOfAction: [],
          url: null,
          identifier: null,
        }),
        why: [],
      }),
    );
    expect(subject).toBe('A call for you? Larger wind farms');
    // Without a reason the "Why you:" line is removed: the message should answer it, not ask it.
    expect(withoutEmptyReason(text, 'en')).toBe(text.replace('Why you: \n\n', ''));
    const reasoned = text.replace('Why you: ', 'Why you: you asked for it.');
    expect(withoutEmptyReason(reasoned, 'en')).toBe(reasoned);
    expect(text).toContain(
      'Why you: \n\nDeadline: none stated\nBudget: not stated\nType of action: not stated\nThe call’s page: not stated\n',
    );
    expect(text).not.toContain('What it says');
  });
});

describe('the mail that leaves', () => {
  const link = 'https://calls.example/answer/abc';
  const mail = (text: string, replies = true) =>
    proposalMail({
      subject: 'S',
      text,
      language: 'en',
      link,
      officer: 'Odile',
      institute: 'Carnot Air',
      replies,
    });

  it('has the text as it was left and the link under it, in both forms', () => {
    const { text, html } = mail('Hello,\n\nsee https://example.org/w-1?a=1&b=2 <soon>');
    expect(text).toBe(
      `Hello,\n\nsee https://example.org/w-1?a=1&b=2 <soon>\n\n--\nTo answer, open this page (no sign-in needed):\n${link}\n\nSent by Odile, Carnot Air. You can also simply reply to this e-mail.\n\nYour name, address and competences were entered by your institute’s European\nteam.\nReceive no more proposals\n${link}/stop\n`,
    );
    expect(html).toMatch(
      /<a [^>]*href="https:\/\/calls\.example\/answer\/abc\/stop"[^>]*>Receive no more proposals<\/a>/,
    );
    expect(html).toContain(
      '<a class="a" href="https://example.org/w-1?a=1&amp;b=2" style="color:#0b5c6b;">https://example.org/w-1?a=1&amp;b=2</a> &lt;soon>',
    );
    expect(html).toContain(`<a href="${link}"`);
  });

  it('says that a reply reaches somebody only where it does', () => {
    expect(mail('x', false).text).not.toContain('reply');
  });

  it('never links what is no web address', () => {
    expect(mail('javascript:alert(1) and https://').html).not.toMatch(/href="(?!https:\/\/calls)/);
  });
});
