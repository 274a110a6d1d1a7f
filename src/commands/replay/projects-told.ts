import type { INestApplicationContext } from '@nestjs/common';
import type { ProjectChange } from '../../funded-projects/domain/portal-project.js';
import { dayOf } from './drafts-told.js';
import { PortalProjectRepository } from '../../funded-projects/store/portal-project.repository.js';

/** The portal's own names of what changes. */
const PROJECT_FIELDS: Record<ProjectChange['field'], string> = {
  contribution: 'euContributionAmount',
  totalCost: 'overallBudget',
  participants: 'participants',
  status: 'status',
};

/** Returns which funded projects appeared, changed and went. Those of the first reading were there before. */
export async function projectEvents(app: INestApplicationContext): Promise<object[]> {
  const projects = await app.get(PortalProjectRepository).all();
  return projects.flatMap(({ id, isNews, firstSeenAt, missingSince, goneAt, changes }) => {
    const about = { source: 'projects', key: id };
    return [
      ...(isNews ? [{ day: dayOf(firstSeenAt), ...about, kind: 'new' }] : []),
      ...changes.map(({ at, field, from, to }) => ({
        day: at.slice(0, 10),
        ...about,
        kind: 'changed',
        field: PROJECT_FIELDS[field],
        before: from,
        after: to,
      })),
      ...(goneAt && missingSince ? [{ day: dayOf(goneAt), ...about, kind: 'withdrawn' }] : []),
    ];
  });
}
