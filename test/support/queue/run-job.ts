import type { INestApplicationContext } from '@nestjs/common';
import { inContext } from '../../../src/platform/database/request-context.js';
import { Jobs } from '../../../src/platform/queue/job-runner.js';
import type { JobData, JobDefinition, NextJob } from '../../../src/platform/queue/job.js';

/** Runs a job at once, as a worker would: it sees the rows that its definition says. */
export function runJob<J extends JobDefinition>(
  app: Pick<INestApplicationContext, 'get'>,
  definition: J,
  data: JobData<J>,
): Promise<NextJob[]> {
  const { runs } = app.get(Jobs).byName().get(definition.name)!;
  const rows = definition.rows.forJob(data);
  return inContext({ kind: 'system', via: `job/${definition.name}`, rows }, () => runs.run(data));
}
