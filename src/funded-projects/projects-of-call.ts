import { Injectable } from '@nestjs/common';
import { evaluationResults, type StatedResults } from '../calls/domain/page/evaluation-results.js';
import { ownIdentifier } from '../calls/domain/related-calls.js';
import { CallNeighbours, type Neighbour } from '../calls/store/call-neighbours.repository.js';
import { CallNoteRepository } from '../calls/store/call-note.repository.js';
import { CallRepository } from '../calls/store/call.repository.js';
import type { CallEntity } from '../calls/store/call.entity.js';
import { NotFound } from '../kernel/errors.js';
import { acrossInstitutes } from '../platform/database/request-context.js';
import type { ProfileEntity } from '../profiles/store/profile.entity.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { claimsBy } from './domain/claims.js';
import { staysIn } from './domain/history-project.js';
import {
  type Collaboration,
  type Contactable,
  type Reader,
  whomToCall,
  worthLookingAt,
} from './domain/whom-to-call.js';
import { type RelatedTopic, type WonProject, wonProjects } from './domain/won-project.js';
import { RelatedTopics } from './related-topics.js';
import { WonProjectRepository } from './store/won-project.repository.js';

/** Who won under the topics that a call continues or is close to, and whom to call about them. */
export interface WonBefore {
  topics: RelatedTopic[];
  /** The call's own topic and earlier editions first, the newest of each first. */
  projects: WonProject[];
  /** When the portal's index was last asked for them; null if they are from CORDIS alone. */
  asOf: Date | null;
  whomToCall: Contactable[];
}
/** The same, and how many applied there. */
export interface WonBeforeWithResults extends WonBefore {
  results: StatedResults[];
}

/** Nobody looks further back. */
const MOST_RESULTS = 3;

/** The funded projects that a call continues, and what follows from them for who answers it. */
@Injectable()
export class ProjectsOfCall {
  constructor(
    private readonly calls: CallRepository,
    private readonly notes: CallNoteRepository,
    private readonly neighbours: CallNeighbours,
    private readonly related: RelatedTopics,
    private readonly won: WonProjectRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  /** For these institutes, or for none in particular. Throws NotFound if there is no such call. */
  async forCall(callId: string, institutes: readonly string[]): Promise<WonBeforeWithResults> {
    const call = await this.call(callId);
    const editions = await this.neighbours.editions(call);
    const [won, results] = await Promise.all([
      this.wonBefore(call, editions, institutes),
      this.results(call, editions),
    ]);
    return { ...won, results };
  }

  private async wonBefore(
    call: CallEntity,
    editions: readonly Neighbour[],
    institutes: readonly string[],
  ): Promise<WonBefore> {
    const topics = (await this.won.any()) ? await this.related.withProjects(call, editions) : [];
    if (topics.length === 0) return { topics, projects: [], asOf: null, whomToCall: [] };
    const codes = topics.map((topic) => topic.code);
    const [{ projects: portal, asOf }, cordis] = await Promise.all([
      this.won.inPortal(codes),
      this.won.inCordis(codes),
    ]);
    const projects = wonProjects(topics, portal, cordis);
    const [whom] = await this.whomToCall([projects], institutes);
    return { topics, projects, asOf, whomToCall: whom! };
  }

  /** Returns whom to call about each of these groups of projects, for these institutes. */
  async whomToCall(
    groups: readonly (readonly WonProject[])[],
    institutes: readonly string[],
  ): Promise<Contactable[][]> {
    const all = await acrossInstitutes(
      'in which public projects an institute took part is told to its sisters',
      () => this.profiles.findAll(),
    );
    const own = all.filter((p) => institutes.includes(p.id));
    const reader: Reader = { institutes: new Set(institutes), pics: new Set(own.flatMap(picsOf)) };
    const pics = [...new Set(groups.flatMap((projects) => worthLookingAt(projects, reader)))];
    const collaborations = pics.length ? await this.collaborations(pics, all) : [];
    return groups.map((projects) => whomToCall(projects, collaborations, reader));
  }

  /** Returns what official notes state of earlier editions, or of a cut-off before, the newest first. */
  private async results(call: CallEntity, editions: readonly Neighbour[]): Promise<StatedResults[]> {
    const found: StatedResults[] = [];
    for (const { id, content } of [call, ...editions]) {
      const identifier = ownIdentifier(content);
      if (identifier === null) continue;
      for (const { day, text } of await this.notes.findByCall(id)) {
        const stated = evaluationResults(text, identifier);
        if (stated) found.push({ callId: id, identifier, day, ...stated });
      }
    }
    return found.sort((a, b) => (a.day < b.day ? 1 : -1)).slice(0, MOST_RESULTS);
  }

  private async call(id: string): Promise<CallEntity> {
    const call = await this.calls.findById(id);
    if (!call) throw new NotFound('no-call', { id });
    return call;
  }

  /** The public projects that organisations had with institutes, as these claim them. */
  private async collaborations(
    pics: readonly string[],
    institutes: readonly ProfileEntity[],
  ): Promise<Collaboration[]> {
    const shared = await this.won.shared(pics, [...new Set(institutes.flatMap(picsOf))]);
    return institutes.flatMap(({ id, content }) => {
      const own = new Set(picsOf({ content }));
      const claimed = claimsBy(content.trackRecord ?? []);
      return shared.flatMap(claimed).flatMap(({ project, left }) =>
        project.participants
          .filter((p) => !left && staysIn(p) && pics.includes(p.pic) && !own.has(p.pic))
          .map(({ pic }) => ({
            pic,
            partnerOf: {
              institute: { id, name: content.name },
              project: project.acronym,
              start: project.start,
              end: project.end,
            },
          })),
      );
    });
  }
}

const picsOf = ({ content }: Pick<ProfileEntity, 'content'>): string[] =>
  (content.trackRecord ?? []).map((claim) => claim.pic);
