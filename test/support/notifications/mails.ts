import { DataSource } from 'typeorm';
import {
  type TransactionalMailEntity,
  openMail,
} from '../../../src/outbox/store/transactional-mail.repository.js';
import type { TestApp } from '../app.js';
import { secretBox } from '../secrets.js';

export interface Letter {
  kind: string;
  to_address: string;
  subject: string;
  text: string;
  html: string;
}

/**
 * Returns the transactional e-mails queued for a recipient, newest first. They are complete only while no
 * worker sends them.
 */
export async function mailsTo(test: TestApp, email: string): Promise<Letter[]> {
  const rows: TransactionalMailEntity[] = await test.app
    .get(DataSource)
    .query('SELECT * FROM transactional_mail WHERE to_address = $1 ORDER BY created_at DESC', [email]);
  return rows.map((row) => openMail(secretBox, row) as unknown as Letter);
}

/** Returns the path of the sign-in link in a text. */
export const linkIn = (text: string): string => /\/sign-in\/[\w-]{43}/.exec(text)![0];

/** Returns the path of the latest link mailed to somebody. */
export const linkTo = async (test: TestApp, email: string): Promise<string> =>
  linkIn((await mailsTo(test, email))[0]!.text);
