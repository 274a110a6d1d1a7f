import { MATCH } from '../../../src/profiles/jobs.js';
import { runJob } from '../queue/run-job.js';
import type { CallContent } from '../../../src/calls/domain/call-content.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import type { Clock } from '../../../src/kernel/ports.js';
import type { Group } from '../../../src/network/domain/group.js';
import type { Profile } from '../../../src/profiles/domain/profile.js';
import { api, startApp, type TestApp } from '../app.js';
import { storeCalls } from '../matching/calls.js';
import { somebody, type Somebody } from '../access/people.js';
import { configWith, on } from '../matching/profiles.js';

/** The application with the test's own institutes, matched calls, and an officer of the first institute. */
export interface InboxTest {
  test: TestApp;
  officer: Somebody;
  token: string;
  /** Returns the id of the call with that title. */
  id: (title: string) => Promise<string>;
  /** Stores what the source now returns, and matches it. */
  store: (calls: CallContent[]) => Promise<void>;
  stop: () => Promise<void>;
}

/** Starts it, with the clock if given. All profiles are matched with all calls. */
export async function startInbox(
  profiles: Profile[],
  calls: CallContent[],
  groups: Group[] = [],
  clock?: Clock,
): Promise<InboxTest> {
  const config = configWith(profiles, groups);
  // A test's few calls give words less weight than a portal's thousands, so matches score lower here.
  const adjust = on(config.dir, 20);
  const test = await startApp({}, { working: false, adjust, ...(clock && { clock }) });
  const store = async (all: CallContent[]): Promise<void> => {
    await storeCalls(test.app, all, 'test', clock?.now());
    for (const { id } of profiles) await runJob(test.app, MATCH, { profileId: id });
  };
  // As a process does before it has calls: otherwise they would seem matched by another model.
  await test.app.get(MatchJob).due();
  await store(calls);
  const officer = await somebody(test, { role: 'officer', profile: profiles[0]!.id, name: 'Olga Officer' });
  const id = async (title: string): Promise<string> => {
    const { body } = await api<{ items: { id: string; title: string }[] }>(test.url, `/v1/calls?limit=100`);
    const found = body.items.find((c) => c.title === title);
    if (!found) throw new Error(`there is no call "${title}"`);
    return found.id;
  };
  const stop = async (): Promise<void> => {
    await test.stop();
    config.remove();
  };
  return { test, officer, token: await officer.key('write'), id, store, stop };
}
