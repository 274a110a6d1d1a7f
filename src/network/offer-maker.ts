import { Inject, Injectable } from '@nestjs/common';
import { Invalid } from '../kernel/errors.js';
import { wrong } from '../kernel/issues.js';
import { nextDeadlineOf } from '../calls/domain/facts/deadline.js';
import { CallRepository } from '../calls/store/call.repository.js';
import type { HistoryProject } from '../funded-projects/domain/history-project.js';
import { ClaimedProjects } from '../matching/corpus.js';
import { JointBids, MOST_IN_TEAM } from './joint-bids.js';
import { labelsOf } from '../profiles/domain/names-in.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import type { ProfileEntity } from '../profiles/store/profile.entity.js';
import type { Language } from '../kernel/language.js';
import type { Clock } from '../kernel/ports.js';
import { CLOCK } from '../platform/tokens.js';
import { offered, type OfferInstitute, type OfferMaterial, type OfferProject } from './domain/offer.js';
import { projectsAbout } from './domain/past-partners.js';
import { InterestRepository } from './store/interest.repository.js';

/** Collects the data for an offer of the network: texts of the profiles, and won projects. */
@Injectable()
export class OfferMaker {
  constructor(
    private readonly calls: CallRepository,
    private readonly interests: InterestRepository,
    private readonly bids: JointBids,
    private readonly profiles: ProfileRepository,
    private readonly claimed: ClaimedProjects,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * For a call: the institutes that opened their interest or, if none did, the team that covers most points.
   * An unknown call is a validation error.
   */
  async forCall(callId: string, language: Language): Promise<OfferMaterial> {
    const call = await this.calls.findById(callId);
    if (!call) throw new Invalid([wrong(['call'], 'not-a-call')]);
    const opened = await this.interests.findByCalls([callId]);
    const ids = opened.map((i) => i.profileId);
    const bid = await this.bids.forCall(callId, {
      ...(ids.length > 0 && { members: ids }),
      size: MOST_IN_TEAM,
      language,
    });
    const team = ids.length > 0 ? ids : bid.team.map((m) => m.id);
    const profiles = await this.institutes(team);
    const { title, identifier, sections } = call.content;
    const institutes = profiles.map(({ id, content: { name, competences } }): OfferInstitute => {
      const own = opened.find((i) => i.profileId === id);
      // Competences that the institute offered; otherwise those that make the call fit best.
      const reason = bid.ranking.find((r) => r.id === id)?.reason ?? '';
      const chosen = competences.filter((c) =>
        own?.competences.length
          ? own.competences.includes(c.label)
          : labelsOf(c).some((label) => reason.includes(label)),
      );
      return {
        name,
        brings: own?.brings ?? null,
        competences: offered(chosen.length ? chosen : competences, language),
      };
    });
    const about = [title, ...sections.map((s) => s.text)].join(' ');
    return {
      call: { title, identifier, nextDeadline: nextDeadlineOf(call, this.clock.now()) },
      institutes,
      points: bid.statements.map(({ number, text }) => ({
        text,
        by: bid.ranking
          .filter((r) => team.includes(r.id))
          .filter((r) => r.answers.some((a) => a.statement === number && a.level === 'well'))
          .map((r) => r.name),
      })),
      projects: await this.projects(profiles, about),
    };
  }

  /** For a sector, with the competences of the highest weight in each profile. */
  async forGroup(members: readonly string[] | null, language: Language): Promise<OfferMaterial> {
    const profiles = await this.institutes(members);
    const institutes = profiles.map(({ content: { name, competences } }) => ({
      name,
      brings: null,
      competences: offered(
        [...competences].sort((a, b) => b.weight - a.weight),
        language,
      ),
    }));
    const about = profiles
      .flatMap(({ content }) => content.competences.flatMap((c) => [c.label, ...c.keywords]))
      .join(' ');
    return { call: null, institutes, points: [], projects: await this.projects(profiles, about) };
  }

  private async institutes(ids: readonly string[] | null): Promise<ProfileEntity[]> {
    const all = await this.profiles.findAll();
    return ids === null ? all : ids.flatMap((id) => all.find((p) => p.id === id) ?? []);
  }

  /** The funded projects of these institutes on a subject, best match first. */
  private async projects(profiles: ProfileEntity[], about: string): Promise<OfferProject[]> {
    const owners = new Map<string, { project: HistoryProject; of: string[] }>();
    for (const { content } of profiles)
      for (const project of (await this.claimed.forProfile(content)).projects) {
        const one = owners.get(project.id) ?? { project, of: [] };
        owners.set(project.id, { project: one.project, of: [...one.of, content.name] });
      }
    const near = projectsAbout(
      about,
      [...owners.values()].map((o) => o.project),
    );
    return near.map((project) => {
      const { acronym, title, programme, start } = project;
      return { acronym, title, programme, start, of: owners.get(project.id)!.of };
    });
  }
}
