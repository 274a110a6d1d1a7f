import type { INestApplication, INestApplicationContext } from '@nestjs/common';
import { job } from '../kernel/jobs.js';
import type { Wiring } from '../app/platform.module.js';
import { SourceReadings } from '../harvest/source-readings.js';
import { RunRepository } from '../harvest/store/run.repository.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { NotificationRepository } from '../notifications/store/notification.repository.js';
import { Queues } from '../platform/queue/queues.js';
import type { Environment } from '../platform/config/environment.js';
import { sayIn, type Say } from '../platform/logging/logger.js';
import { ENVIRONMENT } from '../platform/tokens.js';
import { ALIX, arrive, CLAIRE, LINA, SAM, type SamplePerson } from './sample-people.js';
import { type Officer, sampleWeek } from './sample-week.js';

const SOURCE = 'funding-tenders';

/** Replaces all sources with the sample source, named as a sample and allowed to be small. */
export const onSamples = (wiring: Wiring): Wiring => ({
  ...wiring,
  // The local server replaces the portal, so there is nothing to check.
  settings: { ...wiring.settings, harvest: { ...wiring.settings.harvest, checkDays: 0 } },
  sources: wiring.sources
    .filter((s) => s.id === SOURCE)
    .map((s) => ({ ...s, name: 'Sample calls (invented, not real)', expectsAtLeast: 10 })),
});

/**
 * Creates people of three institutes, two of whom get e-mails, and a coordinator. They start once there is
 * something to read; after their week the portal changes and is read again.
 */
export async function welcomeSamplePeople(app: INestApplication, moveOn: () => void): Promise<void> {
  const say = sayIn(app.get<Environment>(ENVIRONMENT).LOG_FORMAT);
  say('This is a demonstration: every call is invented, and its title begins with [SAMPLE].');
  // Before the accounts exist: afterwards only they themselves could choose who gets e-mails.
  for (const person of [CLAIRE, SAM]) await subscribe(app, person);
  say('Sign in as one of these people (each link once, today):');
  const address = await app.getUrl();
  const welcome = async <P extends string | null>(person: SamplePerson<P>) => {
    const { actor, link } = await arrive(app, person, address);
    say(`  ${person.name}, ${person.role} of ${actor.profileName ?? 'the network'}\n    ${link}`);
    return actor;
  };
  const [claire, sam, lina] = [await welcome(CLAIRE), await welcome(SAM), await welcome(LINA)];
  await welcome(ALIX);
  // A stop in between closes the database.
  void week(app, say, claire, sam, lina, moveOn).catch((error: Error) =>
    say(`Their week ended early: ${error.message}`),
  );
}

async function subscribe(
  app: INestApplicationContext,
  { profileId, name, email, language }: SamplePerson<string>,
): Promise<void> {
  const profile = await app.get(ProfileRepository).find(profileId);
  const contacts = [{ name, email, language }];
  await app
    .get(ProfileRepository)
    .edit({ ...profile!.content, contacts }, { name: null, personId: null, word: 'operator' }, new Date());
  await app.get(Queues).add([job('match', { profileId })]);
}

/** The polling interval, which does not delay a stop. */
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 500).unref());

/**
 * Says where the first e-mails are once they are written, then what was done with the calls, and finally what
 * the portal says by then.
 */
async function week(
  app: INestApplicationContext,
  say: Say,
  claire: Officer,
  sam: Officer,
  lina: Officer,
  moveOn: () => void,
): Promise<void> {
  const told = new Set<string>();
  while (told.size < 2 || !(await isMatched(app, lina))) {
    const { items } = await app
      .get(NotificationRepository)
      .list({ state: 'sent' }, 100, null)
      .catch(() => ({ items: [] }));
    for (const mail of items.filter((m) => !told.has(m.id))) {
      told.add(mail.id);
      say(`  E-mail to ${mail.address}: ${mail.subject}\n    outbox/${mail.sentWhere}`);
    }
    await soon();
  }
  await sampleWeek(app, claire, sam, lina);
  say(
    'Their first week is over: decisions, a bid, a proposal to a researcher, and a joint opportunity of two institutes. The links above show it.',
  );
  moveOn();
  const { id } = await app.get(SourceReadings).readNow(SOURCE);
  while ((await app.get(RunRepository).find(id))?.endedAt === null) await soon();
  say('The portal was read again: deadlines have moved, two budgets have grown, and a call is new.');
}

async function isMatched(app: INestApplicationContext, { profileId }: Officer): Promise<boolean> {
  const profile = await app.get(ProfileRepository).find(profileId);
  return profile!.matchedRevision === profile!.revision;
}
