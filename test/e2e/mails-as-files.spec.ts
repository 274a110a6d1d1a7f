import { readdirSync } from 'node:fs';
import { TestPortal } from '../support/harvest/portal.js';
import { System } from '../support/system.js';
import { until } from '../support/until.js';
import { beforeRelease } from '../support/release.js';

beforeRelease('mails that are written as files')('without a mail server', () => {
  it('writes the mails as files', async () => {
    const portal = await TestPortal.start(new Date());
    const system = new System({ FUNDING_TENDERS_URL: portal.url });
    await system.start();
    await system.addContact('mines', { name: 'Officer', email: 'officer@example.org', language: 'fr' });
    const [mail] = await until('the mail', async () => {
      const { items } = await system.get('/v1/notifications?state=sent');
      return items.length === 1 && items;
    });
    expect(readdirSync(system.outbox)).toEqual([mail.sentWhere]);
    await system.remove();
    await portal.close();
  });
});
