import type { INestApplicationContext } from '@nestjs/common';
import { CallRepository } from '../calls/store/call.repository.js';
import { MatchRepository } from '../matching/store/match.repository.js';
import { FollowRepository } from '../notifications/store/follow.repository.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { UnmatchedProfiles } from '../matching/store/unmatched-profiles.repository.js';
import { VectorStore } from '../matching/store/vector-store.js';
import type { Clock } from '../kernel/ports.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import type { Say } from '../platform/logging/logger.js';

const EVERY_MS = 300;

/** Waits until every profile is matched, then tells the result and who will be notified. */
export async function showFirstMatching(app: INestApplicationContext, say: Say): Promise<void> {
  const profiles = app.get(ProfileRepository);
  const behind = async () =>
    app
      .get(UnmatchedProfiles)
      .all(await app.get(CallRepository).lastSeq(), await app.get(VectorStore).serving());
  while ((await behind()).length) {
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS).unref());
  }
  const { minScore } = app.get<Settings>(SETTINGS).digest;
  const { total } = await app
    .get(MatchRepository)
    .list({ minScore, closed: false }, app.get<Clock>(CLOCK).now(), 1, null);
  const all = await profiles.findAll();
  say(
    `  Matched with ${all.length} institutes: ${total} matches with a score of ${minScore} or more. See GET /v1/matches?profile=<id>`,
  );
  say(`  ${await whoIsTold(app)}`);
}

/** Says how many institutes have a recipient: a contact, one of their people or a channel. */
export async function whoIsTold(app: INestApplicationContext): Promise<string> {
  const { size } = await app.get(FollowRepository).heard(null);
  if (size === 0)
    return 'Nobody is notified of calls yet. Invite the officer of an institute in the browser (see Sign in above), or add a contact in config/institutes/<id>.yaml';
  return `${size === 1 ? '1 institute is notified' : `${size} institutes are notified`} of new calls. See GET /v1/notifications`;
}
