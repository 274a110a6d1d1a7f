import { type Attachment, simpleParser } from 'mailparser';
import { type DeliveryReport, outcomesIn } from '../../kernel/delivery-report.js';

const RETURNED = ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers'];
const STATUS = ['message/delivery-status', 'message/global-delivery-status'];

const idsIn = (text: string): string[] =>
  [...text.matchAll(/<([^<>\s]+)>/g)].map(([, id]) => id!).filter((id) => /.@./.test(id));

function idOfReturned({ content }: Attachment): string[] {
  const headers = content
    .toString('utf8')
    .replace(/\r\n/g, '\n')
    .split('\n\n')[0]!
    .replace(/\n[ \t]+/g, ' ');
  return idsIn(/^message-id:.*$/im.exec(headers)?.[0] ?? '');
}

/** Reads a delivery status notification (RFC 3464) from a mail server; null if the e-mail is not one. */
export async function readReport(raw: Buffer): Promise<DeliveryReport | null> {
  const mail = await simpleParser(raw, {
    keepDeliveryStatus: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
  });
  const status = mail.attachments.filter((part) => STATUS.includes(part.contentType));
  if (!status.length) return null;
  const returned = mail.attachments
    .filter((part) => RETURNED.includes(part.contentType))
    .flatMap(idOfReturned);
  // Some return no headers, but reply to the e-mail.
  const answered = idsIn([mail.inReplyTo, mail.references].flat().join(' '));
  return {
    messageIds: [...new Set([...returned, ...answered])],
    outcomes: status.flatMap((part) => outcomesIn(part.content.toString('utf8'))),
  };
}
