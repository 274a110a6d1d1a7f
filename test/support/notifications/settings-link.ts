import { dayAfter } from '../../../src/kernel/lifetimes.js';
import { settingsToken } from '../../../src/notifications/domain/content/mail-link.js';
import type { Clock } from '../../../src/kernel/ports.js';
import { RecipientRepository } from '../../../src/notifications/store/recipient.repository.js';
import { CLOCK } from '../../../src/platform/tokens.js';
import type { TestApp } from '../app.js';

/** Returns the path of the preferences link in a message written to that address so many days ago. */
export async function settingsPath(
  { app }: Pick<TestApp, 'app'>,
  address: string,
  daysAgo = 0,
): Promise<string> {
  const recipient = await app.get(RecipientRepository).byAddress({ channel: 'email', owner: '', address });
  return `/notification-preferences/${settingsToken(recipient!, dayAfter(app.get<Clock>(CLOCK).now(), -daysAgo))}`;
}
