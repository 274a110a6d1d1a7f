import { load } from 'cheerio';
import { renderMail } from '../../../src/notifications/domain/content/render-mail.js';
import { occasionMails } from '../../support/notifications/sample-mails.js';
import { opening, urgent, weekly } from '../../support/notifications/sample-messages.js';

/** CSS that Outlook, which renders with Word, drops or misreads, according to caniemail.com. */
const NOT_IN_OUTLOOK =
  /display:\s*(flex|grid)|white-space:\s*pre|position:|float:|url\(|max-height:(?!0)|box-shadow|opacity|calc\(|var\(|rgba?\(/;

const mails = (['fr', 'en'] as const).flatMap((language) => [
  ...Object.entries(occasionMails(language)).map(([name, mail]) => ({ name, language, html: mail.html })),
  ...Object.entries({ opening, urgent, weekly }).map(([name, make]) => ({
    ...{ name, language, html: renderMail(make(language)).html! },
  })),
]);

describe('every mail, whatever its occasion', () => {
  it.each(mails)(
    '$name ($language) stands in the one frame: who writes, and what about',
    ({ name, html }) => {
      const page = load(html);
      const head = page('td.h');
      expect(head).toHaveLength(1);
      expect(head.find('p').text()).toBe(
        name === 'newsletter' ? 'Carnot Énergies du futur' : 'Carnot Europe',
      );
      expect(head.find('h1').text().length).toBeGreaterThan(3);
      expect(head.attr('style')).toContain('background:#0b5c6b');
      expect(page('h1')).toHaveLength(1);
      expect(page('title').text()).not.toBe('');
    },
  );

  it.each(mails)('$name ($language) asks nothing of Outlook that it cannot draw', ({ html }) => {
    const page = load(html);
    expect(page('link, img, script, form, svg, blockquote, div[style*="padding"]')).toHaveLength(0);
    const styles = page('body [style], body')
      .map((_, e) => e.attribs.style)
      .get();
    expect(styles.filter((style) => NOT_IN_OUTLOOK.test(style))).toEqual([]);
    expect(html).toContain('<!--[if mso]><table role="presentation" width="640"');
    // Only table cells keep borders beside quotations, and paddings.
    expect(page('[style*="border-left"]').not('td')).toHaveLength(0);
  });

  it.each(mails)('$name ($language) has no link in the colour of the mail program', ({ html }) => {
    const page = load(html);
    expect(
      page('a')
        .map((_, a) => a.attribs.style ?? page(a).text())
        .get()
        .filter((style) => !/(^|;)color:#/.test(style)),
    ).toEqual([]);
  });
});
