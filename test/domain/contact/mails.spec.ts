import { removalMail } from '../../../src/access/domain/sign-in-mails.js';
import { confirmationMail, contactChangeMail } from '../../../src/profiles/domain/contacts/contact-mails.js';
import type { Language } from '../../../src/kernel/language.js';

const URL = 'https://carnot.example/x';
const ANNE = { name: 'Anne', email: 'anne@air.example' };
const mails = (language: Language) => [
  confirmationMail({ name: 'Anne', language, institute: 'Carnot Air', url: URL }),
  contactChangeMail({
    name: 'Odile',
    language,
    institute: 'Carnot Air',
    by: 'Coco',
    before: [ANNE],
    after: [{ name: 'Ben', email: 'ben@air.example' }],
    url: URL,
  }),
  removalMail({
    name: 'Odile',
    language,
    institute: 'Carnot Air',
    by: 'Coco',
    leavesAt: new Date('2026-05-13T10:00:00Z'),
    url: URL,
  }),
];

describe('the mails about contacts and places', () => {
  it("say in the reader's language what is asked, by whom and until when", () => {
    expect(mails('en').map((m) => m.subject)).toEqual([
      'Confirm your address for Carnot Air',
      'Recipients of Carnot Air: a change needs your approval',
      'Your access to Carnot Air ends on 13 May 2026',
    ]);
    expect(mails('fr').map((m) => m.subject)).toEqual([
      'Confirmez votre adresse pour le Carnot Air',
      'Destinataires du Carnot Air\u00A0: un changement attend votre accord',
      'Votre accès au Carnot Air prend fin le 13\u00A0mai 2026',
    ]);
    expect(mails('en')[1]!.text).toMatch(
      /To add: Ben <ben@air\.example>\s+To remove: Anne <anne@air\.example>/,
    );
  });

  it('have non-breaking spaces before French signs, and the link in both bodies', () => {
    for (const { text } of mails('fr')) expect(text).not.toMatch(/[^\u00A0/ps][:;!?](\s|$)| »|« /u);
    for (const { text, html } of [...mails('en'), ...mails('fr')])
      expect([text, html]).toEqual([expect.stringContaining(URL), expect.stringContaining(URL)]);
  });

  it('hold nothing as HTML that somebody typed', () => {
    const name = '<b>Anne</b>\r\nBcc: x';
    const { html, subject } = confirmationMail({ name, language: 'en', institute: '<i>Air</i>', url: URL });
    expect([html.includes('<b>'), html.includes('<i>'), /[\r\n]/.test(subject)]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
