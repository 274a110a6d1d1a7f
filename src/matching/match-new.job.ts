import { CallRepository } from '../calls/store/call.repository.js';
import { nextTurn } from '../kernel/time-slices.js';
import { asInstitute } from '../platform/database/request-context.js';
import { type Job, type JobData, type NextJob, Runs, job } from '../platform/queue/job.js';
import { CONTACTS, MATCH, MATCH_NEW } from '../profiles/jobs.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { Corpus } from './corpus.js';
import { type KnownProfile, type Matched, ProfileMatching } from './profile-matching.js';
import { MatchWriter } from './store/match-writer.js';

/** Profiles scored while the index is held. */
const AT_ONCE = 50;

/**
 * Matches the profiles of a part that lack nothing but new calls. What comes of it is written as the
 * institute, as by `MatchJob`; where nothing does, the marks of many are moved in one statement.
 */
@Runs(MATCH_NEW)
export class MatchNewJob implements Job<typeof MATCH_NEW> {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly corpus: Corpus,
    private readonly matching: ProfileMatching,
    private readonly matches: MatchWriter,
    private readonly calls: CallRepository,
  ) {}

  async run({ part }: JobData<typeof MATCH_NEW>): Promise<NextJob[]> {
    const lastSeq = await this.calls.lastSeq();
    const next: NextJob[] = [];
    const together: string[] = [];
    for (const p of await this.profiles.matchedStatesIn(part)) {
      const isMatched = p.matchedRevision === p.revision && BigInt(p.matchedSeq) >= BigInt(lastSeq);
      if (this.matching.lacksCallsAlone(p, lastSeq)) together.push(p.id);
      // Messages may have waited for the end of a harvest that brought nothing.
      else next.push(job(isMatched ? CONTACTS : MATCH, { profileId: p.id }));
    }
    const inTurn = async (): Promise<void> => {
      while (together.length > 0) next.push(...(await this.match(together.splice(0, AT_ONCE))));
    };
    // Some are scored while others are read and written.
    await Promise.all([inTurn(), inTurn()]);
    return next;
  }

  private async match(profileIds: string[]): Promise<NextJob[]> {
    const known = await this.matching.known(await this.profiles.findByIds(profileIds));
    const scored = await this.corpus.held((seq) => this.scored(known, seq));
    const replaced = await this.matches.withMatches(scored);
    const toWrite: Matched[] = [];
    const unchanged: Matched[] = [];
    for (const one of scored)
      (this.matching.isNothing(one) && !replaced.has(one.profile.id) ? unchanged : toWrite).push(one);
    await this.matches.moveMarks(unchanged);
    const done = new Set(unchanged.map(({ profile }) => profile.id));
    for (const one of toWrite) if (await this.isWritten(one)) done.add(one.profile.id);
    return known.map(({ profile: { id: profileId } }) =>
      job(done.has(profileId) ? CONTACTS : MATCH, { profileId }),
    );
  }

  /** Leaves out those that lack more than calls, or cannot be scored: they have a job of their own. */
  private async scored(known: KnownProfile[], seq: string): Promise<Matched[]> {
    const all: Matched[] = [];
    for (const one of known.filter((k) => this.matching.isCurrent(k))) {
      const scored = await this.matching.scored(one, seq).catch(() => null);
      if (scored && scored.ownScope !== 'all') all.push({ ...one, scored });
      // One takes far less than a time slice.
      await nextTurn();
    }
    return all;
  }

  /** What cannot be written for one institute must not keep the others waiting: its own job says why. */
  private async isWritten(one: Matched): Promise<boolean> {
    return asInstitute(one.profile.id, () => this.matching.write(one, one.scored)).then(
      () => true,
      () => false,
    );
  }
}
