import type { INestApplicationContext } from '@nestjs/common';
import { brusselsDate } from '../calls/domain/brussels.js';
import { Inbox } from '../decisions/inbox.js';
import { Verdicts } from '../decisions/verdicts.js';
import { DAY_MS } from '../kernel/durations.js';
import type { Actor } from '../kernel/actor.js';
import { Comments } from '../pipeline/comments.js';
import { Pipeline } from '../pipeline/pipeline.js';
import { Tasks } from '../pipeline/tasks.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { Proposing } from '../proposals/proposing.js';
import { ProposalSender } from '../proposals/proposal-sender.js';
import { Researchers } from '../proposals/researchers.js';
import { Interests } from '../together/interests.js';
import { JointOpportunities } from '../together/joint-opportunities.js';

/** A person who acts for an institute. */
export type Officer = Actor & { profileId: string };
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
  const profile = await app.get(ProfileRepository).find(profileId);
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
