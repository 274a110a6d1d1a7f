import type { INestApplicationContext } from '@nestjs/common';
import { job } from '../kernel/jobs.js';
import type { Contact } from '../profiles/domain/profile.js';
import type { Wiring } from '../app/platform.module.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { NotificationRepository } from '../notifications/store/notification.repository.js';
import { Queues } from '../platform/queue/queues.js';
import { say } from '../platform/say.js';

/** Two officers at two institutes of different fields, one for each language. example.org belongs to nobody. */
const OFFICERS: Record<string, Contact> = {
  '3bcar': { name: 'Claire Exemple', email: 'claire@example.org', language: 'fr' },
  leti: { name: 'Sam Sample', email: 'sam@example.org', language: 'en' },
};

/** The only source is the sample one: named as what it is, and allowed to be as small as it is. */
export const onSamples = (wiring: Wiring): Wiring => ({
  ...wiring,
  // The little server in the portal's place is no portal to ask about.
  settings: { ...wiring.settings, harvest: { ...wiring.settings.harvest, checkDays: 0 } },
  sources: wiring.sources
    .filter((s) => s.id === 'funding-tenders')
    .map((s) => ({ ...s, name: 'Sample calls (invented, not real)', expectsAtLeast: 10 })),
});

/** Gives two institutes a contact, as a person would over the API, and tells where their mails are once they are written. */
export async function welcomeSampleOfficers(app: INestApplicationContext): Promise<void> {
  say('This is a demonstration: every call is invented, and its title begins with [SAMPLE].');
  for (const [id, contact] of Object.entries(OFFICERS)) {
    const profile = await app.get(ProfileRepository).find(id);
    if (!profile) continue;
    await app
      .get(ProfileRepository)
      .edit({ ...profile.content, contacts: [contact] }, { name: null, word: 'operator' }, new Date());
    await app.get(Queues).add([job('match', { profileId: id })]);
  }
  void logMails(app);
}

async function logMails(app: INestApplicationContext): Promise<void> {
  const told = new Set<string>();
  while (told.size < Object.keys(OFFICERS).length) {
    const { items } = await app
      .get(NotificationRepository)
      .list({ state: 'sent' }, 100, null)
      .catch(() => ({ items: [] }));
    for (const mail of items.filter((m) => !told.has(m.id))) {
      told.add(mail.id);
      say(`  A mail to ${mail.address}: ${mail.subject}\n    outbox/${mail.sentWhere}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500).unref());
  }
}
