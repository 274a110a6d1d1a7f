import type { INestApplicationContext } from '@nestjs/common';
import { CallRepository } from '../calls/store/call.repository.js';
import { MatchRepository } from '../matching/store/match.repository.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { UnmatchedProfiles } from '../matching/store/unmatched-profiles.repository.js';
import { VectorStore } from '../matching/store/vector-store.js';
import type { Clock } from '../kernel/ports.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';

const EVERY_MS = 300;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Waits until every profile is matched with what was read, and says what came of it and who will hear of it. */
export async function showFirstMatching(app: INestApplicationContext): Promise<void> {
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
  const all = await profiles.all();
  const contacts = all.reduce((n, p) => n + p.content.contacts.length, 0);
  say(
    `  Matched with ${all.length} institutes: ${total} fits that score ${minScore} or more. See GET /v1/matches?profile=<id>`,
  );
  say(
    contacts
      ? `  ${contacts} contact${contacts === 1 ? ' gets' : 's get'} mails. See GET /v1/notifications`
      : '  No institute has a contact, so nobody gets a mail yet. Invite its officer in the browser (see Sign in above), or add one in config/institutes/<id>.yaml',
  );
}
