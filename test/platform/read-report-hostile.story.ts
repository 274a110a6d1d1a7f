import { readReport } from '../../src/platform/mail/read-report.js';
import { senderOf } from '../../src/platform/mail/mailer-of.js';
import { cpuSeconds } from '../support/cpu-seconds.js';

const returned = (headers: string): Buffer =>
  Buffer.from(
    [
      'Content-Type: multipart/report; boundary=x',
      '',
      '--x',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; x',
      '',
      'Final-Recipient: rfc822; a@example.org',
      'Action: failed',
      '',
      '--x',
      'Content-Type: text/rfc822-headers',
      '',
      headers,
      '',
      '--x--',
      '',
    ].join('\r\n'),
  );

describe('a report of a delivery that is meant to keep its reader busy', () => {
  it.each([
    ['an address that never ends', `Message-ID: <${'@a'.repeat(80_000)}`],
    ['addresses that never end', `Message-ID: ${'<a@'.repeat(50_000)}`],
    ['blanks', `Message-ID: ${' '.repeat(150_000)}`],
  ])('%s: names no mail', async (_, headers) => {
    let read: Awaited<ReturnType<typeof readReport>> | undefined;
    expect(
      await cpuSeconds(async () => {
        read = await readReport(returned(headers));
      }),
    ).toBeLessThan(3);
    expect(read).toMatchObject({ messageIds: [], outcomes: [{ recipients: ['a@example.org'] }] });
  });

  it('a name of many blanks is read in the time that its length takes', async () => {
    expect(await cpuSeconds(() => senderOf(`${' '.repeat(20_000)}<${' '.repeat(20_000)}\n`))).toBeLessThan(1);
  });
});
