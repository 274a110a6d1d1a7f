import { load } from 'cheerio';
import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../../support/app.js';
import { linkIn } from '../../support/notifications/mails.js';
import { Browser, somebody } from '../../support/access/people.js';
import { startSmtpSink, type SmtpSink } from '../../support/notifications/smtp-sink.js';
import { until } from '../../support/until.js';

describe('signing in with a mail that has really left', () => {
  let sink: SmtpSink;
  let server: TestApp;
  beforeAll(async () => {
    sink = await startSmtpSink();
    const noSources = (wiring: TestApp['wiring']) => ({ ...wiring, sources: [] });
    server = await startApp(
      { SMTP_URL: sink.url, MAIL_FROM: 'Carnot Europe <calls@carnot.test>', PUBLIC_URL: 'http://calls.test' },
      { adjust: noSources },
    );
  });
  afterAll(async () => {
    await server?.stop();
    await sink?.close();
  });
  const mailTo = (address: string) =>
    until(`a mail to ${address}`, () =>
      Promise.resolve(sink.mails.find((m) => m.envelopeTo.includes(address))),
    );

  it('goes from the invitation to the first page, although a scanner has opened the link, in the language of the person', async () => {
    const coordinator = await somebody(server, { role: 'coordinator', name: 'Coco' });
    await coordinator.post('/institutes/leti/team', {
      name: 'Léa',
      email: 'lea@leti.test',
      role: 'officer',
      language: 'fr',
    });
    const mail = await mailTo('lea@leti.test');
    expect(mail.subject).toBe('Coco vous invite sur Carnot Europe');
    const link = linkIn(mail.text!);
    expect(
      load(mail.html as string)('a')
        .first()
        .attr('href'),
    ).toBe(`http://calls.test${link}`);
    await new Browser(server.url).get(link);
    const lea = new Browser(server.url);
    const $ = load((await lea.request(link, { headers: { 'accept-language': 'fr' } })).body);
    expect([
      $('h1').text(),
      $('main form').length,
      $('main form button').length,
      $('main form').attr('action'),
    ]).toEqual(['Se connecter à Carnot Europe', 1, 1, link]);
    expect((await lea.post(link)).location).toBe('/institutes/leti/start');
    // The mail's text is not kept, since it held a credential.
    const [row] = await server.app
      .get(DataSource)
      .query("SELECT state, text, html FROM transactional_mail WHERE to_address = 'lea@leti.test'");
    expect(row).toEqual({ state: 'sent', text: '', html: '' });
  });

  it('says nothing of files where a mail server is set', async () => {
    const { body } = await new Browser(server.url).post('/sign-in', { email: 'nobody@leti.test' });
    expect(load(body)('.notice')).toHaveLength(0);
  });
});
