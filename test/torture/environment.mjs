import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

/**
 * The environment of the programs under torture: database, receivers of messages, and portal. Without a
 * portal nothing is harvested, and no external server is ever contacted.
 */
export const environmentOf = ({ database, otherSide, folder, portal }) => ({
  DATABASE_URL: database.url,
  SMTP_URL: otherSide.smtpUrl,
  MAIL_FROM: 'calls@carnot.test',
  PUBLIC_URL: 'http://carnot.test',
  DATA_DIR: join(folder, 'data'),
  SECRET_KEY: randomBytes(32).toString('base64'),
  WEBHOOK_TRUSTED_ORIGINS: otherSide.origin,
  SOURCES: 'funding-tenders',
  FUNDING_TENDERS_URL: portal?.url ?? 'http://127.0.0.1:9',
  ...(portal && { FUNDING_TENDERS_DATA_URL: portal.url }),
  LOG_LEVEL: 'error',
});
