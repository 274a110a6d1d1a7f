import { Injectable } from '@nestjs/common';
import type { PersonEntity } from '../access/store/person.entity.js';
import { PersonRepository } from '../access/store/person.repository.js';
import type { HistoryProject } from '../funded-projects/domain/history-project.js';
import { ProjectsOfCall } from '../funded-projects/projects-of-call.js';
import { ClaimedProjects } from '../matching/claimed-projects.js';
import { grouped } from '../kernel/collections.js';
import { JointBids, MOST_IN_TEAM } from '../network/joint-bids.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import type { Language } from '../kernel/language.js';
import type { JointView } from './api/joint-views.js';
import { pastPartners, projectsAbout } from './domain/past-partners.js';
import type { JointTeamView } from './api/team-views.js';
import { acrossInstitutes } from '../platform/database/request-context.js';

/** Whom to speak to at a member. */
export type JointContact = Pick<PersonEntity, 'id' | 'name' | 'email' | 'telephone'>;

/** How well the members of a joint bid cover the call, and possible partners. */
@Injectable()
export class JointTeam {
  constructor(
    private readonly bids: JointBids,
    private readonly profiles: ProfileRepository,
    private readonly claimed: ClaimedProjects,
    private readonly projects: ProjectsOfCall,
    private readonly people: PersonRepository,
  ) {}

  /** Whom to speak to at each member, as far as they allow it; by institute. */
  async contactsOf({ members }: JointView): Promise<Map<string, JointContact[]>> {
    const people = await acrossInstitutes('the members of a joint opportunity see whom to speak to', () =>
      this.people.findShownContacts(members.map((m) => m.id)),
    );
    return grouped(people, ({ profileId }) => [profileId!]);
  }

  /** How well each member covers each point, but not by which words of its profile: those stay private. */
  async forJointOpportunity({ call, members }: JointView, language: Language): Promise<JointTeamView> {
    const ids = members.map((m) => m.id);
    const [bid, past] = await acrossInstitutes('a joint opportunity says what each member answers', () =>
      Promise.all([
        this.bids.forCall(call.id, { members: ids, size: MOST_IN_TEAM, language }),
        this.past(ids),
      ]),
    );
    const won = (await this.projects.forCall(call.id, ids)).projects.map((p) => ({
      ...p,
      topics: [p.topic],
    }));
    const statements = bid.statements.map(({ number, text }) => {
      const by = members.map(({ id, name }) => {
        const answer = bid.ranking.find((r) => r.id === id)?.answers.find((a) => a.statement === number);
        // Merely working in the field of the call does not cover a point.
        return { id, name, level: answer?.terms.length ? answer.level : ('no' as const) };
      });
      const answered = by.some(({ level }) => level === 'well');
      return { number, text, by, partners: answered ? [] : pastPartners(text, past.projects, past.own) };
    });
    const open = statements.filter(({ by }) => by.every(({ level }) => level !== 'well'));
    const whom = await this.projects.whomToCall(
      open.map(({ text }) => projectsAbout(text, won)),
      ids,
    );
    const whomOf = new Map(open.map(({ number }, i) => [number, whom[i]!]));
    return {
      expected: bid.expected,
      statements: statements.map((s) => ({ ...s, whomToCall: whomOf.get(s.number) ?? [] })),
    };
  }

  /** The funded projects of the members, without duplicates, and the PICs of the members. */
  private async past(ids: string[]): Promise<{ projects: HistoryProject[]; own: Set<string> }> {
    const profiles = (await this.profiles.findAll()).filter((p) => ids.includes(p.id));
    const claimed = await Promise.all(profiles.map(({ content }) => this.claimed.forProfile(content)));
    const own = profiles.flatMap(({ content }) => (content.trackRecord ?? []).map((c) => c.pic));
    const projects = new Map(claimed.flatMap((c) => c.projects.map((p) => [p.id, p] as const)));
    return { projects: [...projects.values()], own: new Set(own) };
  }
}
