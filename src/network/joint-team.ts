import { Inject, Injectable } from '@nestjs/common';
import { pageFromMail } from '../access/domain/landing.js';
import { PersonRepository } from '../access/store/person.repository.js';
import {
  newTransactionalMail,
  type NewTransactionalMail,
} from '../outbox/store/transactional-mail.repository.js';
import type { Clock } from '../kernel/ports.js';
import { roleHolds } from '../kernel/actor.js';
import { RateLimit } from '../platform/access/rate-limit.js';
import type { Environment } from '../platform/config/environment.js';
import { acrossInstitutes } from '../platform/database/request-context.js';
import { Queues, job } from '../platform/queue/job.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { newcomerMail, type NewcomerNews } from './domain/network-mails.js';
import type { JointRow } from './store/joint-opportunity.repository.js';
import { MAIL } from '../outbox/mail.job.js';
import type { PersonEntity } from '../access/store/person.entity.js';
import type { HistoryProject } from '../funded-projects/domain/history-project.js';
import { ProjectsOfCall } from '../funded-projects/projects-of-call.js';
import { ClaimedProjects } from '../matching/corpus.js';
import { grouped } from '../kernel/collections.js';
import { JointBids, MOST_IN_TEAM } from './joint-bids.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import type { Language } from '../kernel/language.js';
import type { JointTeamView, JointView } from './api/joint-views.js';
import { pastPartners, projectsAbout } from './domain/past-partners.js';

const takingIn = <T>(work: () => T): T =>
  acrossInstitutes('an institute is taken into a joint opportunity by its members', work);

/** Tells officers by e-mail who asks to join a joint opportunity, what was answered, and who leaves it. */
@Injectable()
export class Newcomers {
  constructor(
    private readonly people: PersonRepository,
    private readonly limits: RateLimit,
    private readonly queues: Queues,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Returns the e-mails that tell the officers of the members who asks to join, to be stored with the
   * interest; none if the institute asks again and again.
   */
  async asking(
    { row, call, members }: JointRow,
    newcomer: { id: string; name: string; brings: string | null },
  ): Promise<NewTransactionalMail[]> {
    if (!(await this.limits.allows('requests to join', `${newcomer.id}/${row.id}`))) return [];
    const { name: institute, brings } = newcomer;
    const news = { kind: 'asks' as const, institute, brings, title: call.content.title };
    const mails = await Promise.all(members.map((m) => this.written(m.profileId, news, row.id)));
    return mails.flat();
  }

  /** Returns the e-mails that tell the officers of the institute that asked, to be stored with the answer. */
  answering({ row, call }: JointRow, profileId: string, accepted: boolean): Promise<NewTransactionalMail[]> {
    return this.written(
      profileId,
      { ...(accepted ? { kind: 'joined', accepted } : { kind: 'declined' }), title: call.content.title },
      accepted ? row.id : null,
    );
  }

  /**
   * Returns the e-mails that tell the officers of the other members who leaves, to be stored with that; or
   * those who asked that they are members, where no other is left to accept them.
   */
  async leaving(
    { row, call, members, asking, declined }: JointRow,
    profileId: string,
  ): Promise<NewTransactionalMail[]> {
    const leaver = members.find((m) => m.profileId === profileId);
    if (!leaver) return [];
    const wasLead = row.leadId === profileId;
    const { title } = call.content;
    const others = members.filter((m) => m !== leaver);
    const mails = others.length
      ? others.map((m) =>
          this.written(m.profileId, { kind: 'left', institute: leaver.name, wasLead, title }, row.id),
        )
      : [...asking, ...declined].map((m) =>
          this.written(m.profileId, { kind: 'joined', accepted: false, title }, row.id),
        );
    return (await Promise.all(mails)).flat();
  }

  hurry(mails: readonly NewTransactionalMail[]): Promise<void> {
    return this.queues.hurry(mails.map(({ id }) => job(MAIL, { mailId: id })));
  }

  private async written(
    profileId: string,
    news: NewcomerNews,
    jointId: string | null,
  ): Promise<NewTransactionalMail[]> {
    const path = `/institutes/${profileId}/joint${jointId === null ? '' : `/${jointId}`}`;
    const people = await takingIn(() => this.people.findByProfile(profileId));
    return people
      .filter((p) => roleHolds(p.role, 'joint.write'))
      .map(({ id, name, email, language }) =>
        newTransactionalMail(this.env, {
          kind: 'interest',
          profileId,
          toName: name,
          toAddress: email,
          ...newcomerMail(news, { name, language, url: pageFromMail(this.env, { id }, path) }),
          createdAt: this.clock.now(),
        }),
      );
  }
}

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
