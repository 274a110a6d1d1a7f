import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Author } from '../../kernel/actor.js';
import type { MilestoneTemplate } from '../domain/milestones.js';
import { MilestoneTemplateEntity } from './opportunity.entity.js';
import { ENDED, SUBMITTED } from '../domain/stage.js';

@Injectable()
export class MilestoneTemplateRepository {
  constructor(private readonly database: DataSource) {}

  /** The institute's own template; null if it has none. */
  findByProfile(profileId: string): Promise<MilestoneTemplateEntity | null> {
    return this.database.getRepository(MilestoneTemplateEntity).findOneBy({ profileId });
  }

  async put(profileId: string, milestones: MilestoneTemplate, by: Author, at: Date): Promise<void> {
    await this.database
      .getRepository(MilestoneTemplateEntity)
      .upsert({ profileId, milestones, updatedBy: by.name, updatedById: by.personId, updatedAt: at }, [
        'profileId',
      ]);
  }
}

/** An open milestone or task, or a decision day. */
interface OwnDate {
  /** The id of the milestone or task; of the opportunity for its go/no-go day. */
  id: string;
  opportunityId: string;
  profileId: string;
  title: string;
  /** Null for the go/no-go day. */
  label: string | null;
  on: string;
  personId: string | null;
}

/** SQL for whether something is left to do of a bid `o`: of a funded one, the contract. */
export const RUNNING = `o.stage <> ALL('{${ENDED.join(',')}}')`;

/** SQL for the milestones `m` of a bid `o` that are not done with; `submittedFor` has the rule. */
const OPEN = `m->>'doneAt' IS NULL
  AND NOT (o.stage = ANY('{${SUBMITTED.join(',')}}') AND m->>'on' <= coalesce((o.deadline_at AT TIME ZONE 'Europe/Brussels')::date::text, ''))`;

/** Open dates across the pipeline. */
@Injectable()
export class MilestoneRepository {
  constructor(private readonly database: DataSource) {}

  /** The nearest open dates of running bids from a day on; of one person if given. */
  from(profileId: string, day: string, personId: string | null, most: number): Promise<OwnDate[]> {
    return this.database.query(
      `SELECT * FROM (
         SELECT m->>'id' AS id, o.id AS "opportunityId", o.profile_id AS "profileId", call.content->>'title' AS title, m->>'label' AS label, m->>'on' AS on, m->>'personId' AS "personId"
           FROM opportunity o JOIN call ON call.id = o.call_id CROSS JOIN LATERAL jsonb_array_elements(o.milestones) m
          WHERE o.profile_id = $1 AND ${RUNNING} AND ${OPEN}
         UNION ALL
         SELECT t->>'id', o.id, o.profile_id, call.content->>'title', t->>'text', t->>'due', t->>'personId'
           FROM opportunity o JOIN call ON call.id = o.call_id CROSS JOIN LATERAL jsonb_array_elements(o.tasks) t
          WHERE o.profile_id = $1 AND ${RUNNING} AND t->>'doneAt' IS NULL AND t->>'due' IS NOT NULL
         UNION ALL
         SELECT o.id::text, o.id, o.profile_id, call.content->>'title', NULL, o.decide_by::text, NULL
           FROM opportunity o JOIN call ON call.id = o.call_id WHERE o.profile_id = $1 AND o.stage IN ('to-study', 'go-no-go') AND o.decide_by IS NOT NULL) dates
        WHERE "on" >= $2 AND ($3::text IS NULL OR "personId" = $3) ORDER BY "on", id LIMIT $4`,
      [profileId, day, personId, most],
    );
  }
}
