import { dayAfter } from '../../src/domain/access/lifetimes.js';
import { settingsToken } from '../../src/domain/notification/settings-link.js';
import type { Clock } from '../../src/domain/ports.js';
import { RecipientRepository } from '../../src/persistence/repositories/recipient.repository.js';
import { CLOCK } from '../../src/platform/tokens.js';
import type { TestApp } from './app.js';

/** The path of the link to their choices that a message to that address holds which was written so many days ago. */
export async function settingsPath({ app }: Pick<TestApp, 'app'>, address: string, daysAgo = 0): Promise<string> {
  const recipient = await app.get(RecipientRepository).byAddress({ channel: 'email', owner: '', address });
  return `/telling/${settingsToken(recipient!, dayAfter(app.get<Clock>(CLOCK).now(), -daysAgo))}`;
}
