import {
  departureMail,
  invitationMail,
  passkeyMail,
  removalMail,
  removalNotice,
  signInMail,
} from '../../../src/access/domain/sign-in-mails.js';
import type { Language } from '../../../src/kernel/language.js';
import { renderAlarm } from '../../../src/monitoring/domain/alarm-mail.js';
import { settingsMail } from '../../../src/notifications/preferences/settings-links.js';
import { type RenderedMail, testMail } from '../../../src/outbox/domain/mail-page.js';
import { mentionMail, reminderMail } from '../../../src/pipeline/domain/pipeline-mails.js';
import { confirmationMail, contactChangeMail } from '../../../src/profiles/domain/contacts/contact-mails.js';
import { newsletterMail } from '../../../src/newsletters/domain/newsletter-mail.js';
import { aCall } from '../matching/calls.js';
import {
  answerMail,
  proposalMail,
  researcherReminderMail,
} from '../../../src/proposals/domain/proposal-mails.js';
import { interestMail, newcomerMail } from '../../../src/network/domain/network-mails.js';

const TITLE = 'Circular and bio-based solutions for the textile industry: pilots at scale';
const URL = `https://calls.test/a/${'x'.repeat(43)}`;
const NOW = new Date('2026-06-30T08:00:00Z');
const INSTITUTE = 'Carnot Énergies du futur';
const ANNE = { name: 'Anne Martin', email: 'anne.martin@institut.example' };
const SENT = { officer: 'Odile Bernard', institute: INSTITUTE, replies: true, link: URL };

const newsletterCall = (status: 'open' | 'draft') => ({
  id: status,
  status,
  content: aCall('HORIZON-CL4-2027-01-17', {
    ...{
      title: TITLE,
      url: 'https://portal.example.org/textile',
      deadlines: [{ at: '2026-09-15T15:00:00Z', timeTold: true }],
    },
    ...(status === 'draft' && { draft: { reference: 'D113042', version: 2, day: '2026-05-28' } }),
  }),
  summary: {
    ...{ language: 'en', source: 'quoted' as const },
    sentences: ['Pilots show that textile waste becomes new fibres at scale.'],
  },
});

/**
 * Returns every transactional e-mail as a recipient with that language gets it; digests and the like are in
 * `sample-messages`.
 */
export const occasionMails = (language: Language): Record<string, RenderedMail> => ({
  'sign-in': signInMail({ name: ANNE.name, language, url: URL }),
  invitation: invitationMail({
    ...{ name: ANNE.name, language, role: 'officer', institute: INSTITUTE },
    ...{ by: 'Coline Petit', url: URL, signInUrl: 'https://calls.test/sign-in', account: null },
  }),
  removal: removalMail({
    ...{ name: ANNE.name, language, institute: INSTITUTE, by: 'Coline Petit' },
    ...{ leavesAt: NOW, url: URL },
  }),
  'removal-notice': removalNotice({
    ...{ name: ANNE.name, language, officer: 'Jean Morel', institute: INSTITUTE, by: 'Coline Petit' },
    ...{ leavesAt: NOW, url: URL },
  }),
  departure: departureMail({
    ...{ to: ANNE.name, language, person: 'Jean Morel', by: 'Coline Petit', institute: INSTITUTE },
    ...{ how: 'removed', serviceKeys: ['Power BI'], feeds: [], calendars: [], channels: ['Teams'], url: URL },
  }),
  passkey: passkeyMail({
    ...{ to: { ...ANNE, language }, what: 'made', passkeys: ['Portable'], by: null, url: URL },
  }),
  confirmation: confirmationMail({ name: ANNE.name, language, institute: INSTITUTE, url: URL }),
  'contact-change': contactChangeMail({
    ...{ name: ANNE.name, language, institute: INSTITUTE, by: 'Coline Petit' },
    ...{ before: [ANNE], after: [{ name: 'Ben', email: 'ben@institut.example' }], url: URL },
  }),
  settings: settingsMail({ name: ANNE.name, language, url: URL }),
  mention: mentionMail({
    ...{ to: ANNE.name, author: 'Jean Morel', title: TITLE, language, page: URL, settings: URL },
    text: '@Anne Martin: the partners from Lyon could lead work package 3.\nShall I write to them?',
  }),
  dates: reminderMail(
    ANNE.name,
    (['milestone', 'task', 'moved', 'result'] as const).map((kind) => ({
      ...{ kind, title: TITLE, label: 'Internal review', on: '2026-07-07' },
      ...{ key: kind, opportunityId: kind },
    })),
    language,
    (id) => `https://calls.test/pipeline/${id}`,
    URL,
  ),
  interest: interestMail(
    ANNE.name,
    [
      { kind: 'interest', callId: 'a', title: TITLE, name: 'Carnot LISA', brings: 'A pilot line for fibres' },
      { kind: 'joint', callId: 'b', title: TITLE, name: '', brings: null },
    ],
    language,
    (id) => `https://calls.test/calls/${id}`,
  ),
  'joining-asks': newcomerMail(
    { kind: 'asks', title: TITLE, institute: 'Carnot LISA', brings: 'A pilot line for fibres' },
    { name: ANNE.name, language, url: URL },
  ),
  'joining-joined': newcomerMail(
    { kind: 'joined', accepted: true, title: TITLE },
    { name: ANNE.name, language, url: URL },
  ),
  'joining-declined': newcomerMail(
    { kind: 'declined', title: TITLE },
    { name: ANNE.name, language, url: URL },
  ),
  'joining-left': newcomerMail(
    { kind: 'left', title: TITLE, institute: 'Carnot LISA', wasLead: true },
    { name: ANNE.name, language, url: URL },
  ),
  newsletter: {
    subject: 'Textiles, June',
    ...newsletterMail(
      {
        ...{ list: 'Textile and fibres', title: 'Textiles, June', institute: INSTITUTE, language },
        intro: 'Dear all,\n\ntwo calls to look at before the summer.',
        calls: [
          { ...newsletterCall('open'), line: 'Ask Paul by 15 June: he led the last one.' },
          { ...newsletterCall('draft'), line: '' },
        ],
      },
      NOW,
      { officer: 'Odile Bernard', url: URL },
    ),
  },
  proposal: proposalMail({
    ...SENT,
    language,
    subject: TITLE,
    text: `Bonjour,\n\n${TITLE}\nhttps://ec.europa.eu/info/funding-tenders/opportunities\n\nOdile`,
  }),
  'proposal-reminder': researcherReminderMail({
    ...SENT,
    ...{ name: 'Marie Durand', language, title: TITLE, askedBy: SENT.officer, askedAt: NOW, now: NOW },
    deadlines: [
      { at: '2026-09-15T15:00:00.000Z', kind: 'single', timeTold: true, brussels: '2026-09-15T17:00' },
    ],
  }),
  answer: answerMail({
    ...{ language, officer: SENT.officer, researcher: 'Marie Durand', changed: true, askedAt: NOW },
    ...{ given: { answer: 'interested', word: 'Oui, avec Lyon.', other: null }, title: TITLE, page: URL },
  }),
  alarm: renderAlarm({
    ...{ id: '1', name: 'EU Funding & Tenders Portal', sourceId: 'funding-tenders', previous: 'healthy' },
    ...{ state: 'broken', reason: 'results[3].metadata is not an object', raisedAt: NOW, troubleSince: NOW },
    ...{ subject: 'source/funding-tenders', incident: null },
    ...{ knowledge: { calls: 718, lastGoodRunAt: NOW }, publicUrl: 'https://calls.test', now: NOW },
  }),
  test: testMail('https://calls.test'),
});
