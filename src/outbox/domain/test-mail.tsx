import { translateTo } from '../../i18n/translate.js';
import { Language } from '../../kernel/language.js';
import type { RenderedMail } from './link-mail.js';
import { mailPage, Row } from './mail-page.js';
import { P, Spoken, wrapped } from './mail-parts.js';

/** The e-mail that tests delivery, in every language, since its reader is unknown. */
export function testMail(publicUrl: string): RenderedMail {
  const said = Language.options.map((language) => {
    const t = translateTo(language);
    return { language, subject: t('mail.test.subject'), text: t('mail.test.text', { url: publicUrl }) };
  });
  const subject = said.map((one) => one.subject).join(' / ');
  const content = (
    <Row>
      {said.map(({ language, text }) => (
        <P key={language}>
          <Spoken language={language}>{text}</Spoken>
        </P>
      ))}
    </Row>
  );
  return {
    subject,
    text: `${said.map(({ text }) => wrapped(text)).join('\n\n')}\n`,
    html: mailPage({ language: said[0]!.language, title: subject }, content),
  };
}
