import type { INestApplication, INestApplicationContext } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { brusselsDate } from '../kernel/brussels.js';
import { DAY_MS } from '../kernel/durations.js';
import { Inbox } from '../decisions/inbox.js';
import { Verdicts } from '../decisions/verdicts.js';
import { type Actor, permissionsOf, type PersonRole } from '../kernel/actor.js';
import { Comments } from '../pipeline/comments.js';
import { Pipeline } from '../pipeline/pipeline.js';
import { Tasks } from '../pipeline/tasks.js';
import { Profiles } from '../profiles/profiles.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { Proposing } from '../proposals/proposing.js';
import { ProposalSender } from '../proposals/proposal-sender.js';
import { Researchers } from '../proposals/researchers.js';
import { Interests } from '../network/interests.js';
import { JointOpportunities } from '../network/joint-opportunities.js';
import { PersonRepository } from '../access/store/person.repository.js';
import { SignInLinkRepository } from '../access/store/messages-of-person.js';
import type { Language } from '../kernel/language.js';
import { newSecret } from '../platform/access/secret.js';
import type { Wiring } from '../app/platform.module.js';
import { SourceReadings } from '../harvest/source-readings.js';
import { RunRepository } from '../harvest/store/run.repository.js';
import { NotificationRepository } from '../notifications/store/notification.repository.js';
import { Queues, job } from '../platform/queue/job.js';
import type { Environment } from '../platform/config/environment.js';
import { type Say, sayIn } from '../platform/logging/logger.js';
import { ENVIRONMENT } from '../platform/tokens.js';
import { MATCH } from '../profiles/jobs.js';

/** A person who acts for an institute. */
type Officer = Actor & { profileId: string };
type App = INestApplicationContext;

const inDays = (days: number): string => brusselsDate(new Date(Date.now() + days * DAY_MS));

/** Low enough to include calls that nobody is notified of; officers find them anyway. */
const LEAST_SCORE = 20;

/** Returns the undecided calls, best first, including those that nobody was notified of. */
async function toDecide(app: App, officer: Officer): Promise<string[]> {
  const asked = {
    profileId: officer.profileId,
    query: { state: 'undecided' as const, minScore: LEAST_SCORE },
    limit: 20,
    cursor: undefined,
  };
  const { items } = await app.get(Inbox).list(officer, { ...asked, language: officer.language ?? 'fr' });
  return items.map((item) => item.id);
}

async function decide(
  app: App,
  officer: Officer,
  callId: string | undefined,
  said: { verdict: 'relevant' | 'study' | 'later' | 'not'; reason?: 'topic'; until?: string },
): Promise<void> {
  if (callId === undefined) return;
  const decision = { reason: null, until: null, ...said };
  await app.get(Verdicts).decide(officer, officer.profileId, callId, decision);
}

/** Starts a bid: its lead, requested amount, tasks, and a message to a colleague. */
async function bid(app: App, officer: Officer, call: string): Promise<void> {
  const { profileId } = officer;
  const pipeline = app.get(Pipeline);
  const { id } = await pipeline.begin(officer, profileId, { call, why: null });
  await pipeline.describe(officer, profileId, id, {
    lead: 'inside',
    leadName: 'Jean Exemple',
    role: 'coordinator',
    partners: ['Sample Polymers GmbH', 'Université d’Exemple'],
    requested: 6_400_000,
    share: 1_150_000,
    probability: 25,
    decideBy: inDays(6),
  });
  await pipeline.move(officer, profileId, id, {
    stage: 'go-no-go',
    why: 'Au cœur de notre feuille de route.',
  });
  const task = { personId: officer.personId, due: inDays(4) };
  await app.get(Tasks).add(officer, profileId, id, { text: 'Appeler le partenaire allemand', ...task });
  await app
    .get(Comments)
    .add(officer, profileId, id, 'Le laboratoire est partant ; il manque un utilisateur final.');
}

/** Proposes a call to a researcher; the e-mail with the two buttons is among the others. */
async function propose(app: App, officer: Officer, call: string): Promise<void> {
  const { profileId } = officer;
  const profile = await app.get(ProfileRepository).findById(profileId);
  const competences = profile!.content.competences.slice(0, 2).map((c) => c.label);
  const researcher = await app.get(Researchers).add(profileId, {
    name: 'Jean Exemple',
    email: 'jean@example.org',
    language: 'fr',
    competences,
  });
  const proposing = app.get(Proposing);
  const draft = proposing.draft(await proposing.situation(profileId, call), researcher!, officer);
  const input = { researcher: researcher!.id, ...draft, again: false };
  await app.get(ProposalSender).send(profileId, call, input, officer);
}

/** Makes two institutes show interest in the same call, and starts a joint bid. */
async function together(app: App, officers: readonly [Officer, Officer]): Promise<void> {
  const [of, others] = await Promise.all(officers.map((officer) => toDecide(app, officer)));
  const call = of!.find((id) => others!.includes(id));
  if (call === undefined) return;
  const brings = ['A pilot line, and two years of field data.', 'Des modèles et une équipe d’intégration.'];
  for (const [i, officer] of officers.entries())
    await app.get(Interests).open(officer, officer.profileId, call, {
      brings: brings[i]!,
      competences: [],
      leads: i === 0,
      tell: true,
    });
  const [first] = officers;
  await app.get(JointOpportunities).begin(first, first.profileId, call);
}

/**
 * A week of the invented officers' work on matching calls, so that none of their pages is empty; some of the
 * best are left for the user.
 */
export async function sampleWeek(app: App, claire: Officer, sam: Officer, lina: Officer): Promise<void> {
  for (const officer of [claire, sam, lina]) await app.get(Profiles).confirm(officer.profileId, officer);
  await together(app, [sam, lina]);
  for (const officer of [claire, sam]) {
    const [first, , , study, later, not] = await toDecide(app, officer);
    await decide(app, officer, first, { verdict: 'relevant' });
    if (first) await bid(app, officer, first);
    await decide(app, officer, study, { verdict: 'study' });
    await decide(app, officer, later, { verdict: 'later', until: inDays(30) });
    await decide(app, officer, not, { verdict: 'not', reason: 'topic' });
  }
  const [next] = await toDecide(app, claire);
  if (next) await propose(app, claire, next);
}

/** An invented person, of an institute or of the network. */
interface SamplePerson<P extends string | null = string | null> {
  name: string;
  email: string;
  language: Language;
  role: PersonRole;
  profileId: P;
}

/** Officers of three institutes in different fields, and a coordinator. example.org belongs to nobody. */
export const CLAIRE: SamplePerson<string> = {
  name: 'Claire Exemple',
  email: 'claire@example.org',
  language: 'fr',
  role: 'officer',
  profileId: '3bcar',
};
export const SAM: SamplePerson<string> = {
  name: 'Sam Sample',
  email: 'sam@example.org',
  language: 'en',
  role: 'officer',
  profileId: 'leti',
};
export const LINA: SamplePerson<string> = {
  name: 'Lina Exemple',
  email: 'lina@example.org',
  language: 'fr',
  role: 'officer',
  profileId: 'list',
};
const ALIX: SamplePerson = {
  name: 'Alix Exemple',
  email: 'alix@example.org',
  language: 'fr',
  role: 'coordinator',
  profileId: null,
};

/** A demo takes longer than a sign-in link usually lasts. */
const LINK_MS = DAY_MS;

/** Creates the person and returns them as an actor, with a link that signs them in once, today. */
export async function arrive<P extends string | null>(
  app: INestApplicationContext,
  person: SamplePerson<P>,
  address: string,
): Promise<{ actor: Actor & { profileId: P }; link: string }> {
  const now = new Date();
  const [id, { secret, hash }] = [randomUUID(), newSecret()];
  await app.get(PersonRepository).add({ ...person, id, createdAt: now, invitedBy: null, invitedById: null });
  const expiresAt = new Date(now.getTime() + LINK_MS);
  const kept = { tokenHash: hash, personId: id, createdAt: now, expiresAt, next: null };
  await app.get(SignInLinkRepository).add(kept);
  const profile = person.profileId ? await app.get(ProfileRepository).findById(person.profileId) : null;
  const actor = {
    ...person,
    kind: 'person' as const,
    personId: id,
    profileName: profile?.content.name ?? null,
    permissions: permissionsOf(person.role, 'write'),
    sessionId: null,
    signedInAt: null,
  };
  return { actor, link: `${address}/sign-in/${secret}` };
}

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
  const address = await app.getUrl();
  const links: string[] = [];
  const welcome = async <P extends string | null>(person: SamplePerson<P>) => {
    const { actor, link } = await arrive(app, person, address);
    links.push(`  ${person.name}, ${person.role} of ${actor.profileName ?? 'the network'}\n    ${link}`);
    return actor;
  };
  const [claire, sam, lina] = [await welcome(CLAIRE), await welcome(SAM), await welcome(LINA)];
  await welcome(ALIX);
  // A stop in between closes the database.
  void week(app, say, [claire, sam, lina], links, moveOn).catch((error: Error) =>
    say(`Their week ended early: ${error.message}`),
  );
}

async function subscribe(
  app: INestApplicationContext,
  { profileId, name, email, language }: SamplePerson<string>,
): Promise<void> {
  const profile = await app.get(ProfileRepository).findById(profileId);
  const contacts = [{ name, email, language }];
  await app
    .get(ProfileRepository)
    .edit({ ...profile!.content, contacts }, { name: null, personId: null, word: 'operator' }, new Date());
  await app.get(Queues).add([job(MATCH, { profileId })]);
}

/** The polling interval, which does not delay a stop. */
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 500).unref());

/**
 * Says where the first e-mails are once they are written, then who one can be, what was done with the calls,
 * and finally what the portal says by then.
 */
async function week(
  app: INestApplicationContext,
  say: Say,
  [claire, sam, lina]: readonly [Officer, Officer, Officer],
  links: readonly string[],
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
  // Not before: a first e-mail waits for whoever is here and may be deciding.
  say('Sign in as one of these people (each link once, today):');
  for (const link of links) say(link);
  await sampleWeek(app, claire, sam, lina);
  say(
    'Their first week is over: decisions, a bid, a proposal to a researcher, and a joint opportunity of two institutes. The links above show it.',
  );
  moveOn();
  const { id } = await app.get(SourceReadings).readNow(SOURCE);
  while ((await app.get(RunRepository).findById(id))?.endedAt === null) await soon();
  say('The portal was read again: deadlines have moved, two budgets have grown, and a call is new.');
}

async function isMatched(app: INestApplicationContext, { profileId }: Officer): Promise<boolean> {
  const profile = await app.get(ProfileRepository).findById(profileId);
  return profile!.matchedRevision === profile!.revision;
}
