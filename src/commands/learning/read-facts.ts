import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { requirementsOf } from '../../calls/domain/requirements.js';
import { say } from '../../platform/say.js';
import { linesOf } from './benchmark.js';

const text = z
  .string()
  .nullish()
  .transform((x) => x ?? '');
const ListedCall = z.object({
  id: z.string(),
  identifier: z
    .string()
    .nullish()
    .transform((x) => x ?? null),
  actionType: text,
  description: text,
  conditions: text,
});

/** What a call says of who may answer, as `evaluation/facts/score.mjs` reads it. */
function factsOf({
  id,
  identifier,
  actionType,
  description,
  conditions,
}: z.infer<typeof ListedCall>): object {
  const read = requirementsOf({
    identifier,
    typesOfAction: actionType ? [actionType] : [],
    deadlineModel: null,
    sections: [
      { kind: 'scope', title: '', text: description },
      { kind: 'conditions', title: '', text: conditions },
    ],
  });
  return {
    call: id,
    trl: read.trl.filter(({ at }) => at === 'end').map(({ from, to }) => ({ from, to })),
    lumpSum: read.lumpSum?.yes || null,
    twoStage: read.twoStage || null,
    jrc: read.jrc !== null,
    pageLimit: read.pageLimit?.pages ?? null,
    durationMonths: read.duration ? true : null,
    thirdParties: read.thirdParties ? true : null,
    restrictions: read.restrictions.map(({ kind, quote }) => ({ kind, quote })),
  };
}

/** Reads what calls say of who may answer; writes a line of JSON for each. */
export function readFacts(calls: string, out: string): void {
  const lines = linesOf(calls, ListedCall).map((call) => JSON.stringify(factsOf(call)));
  writeFileSync(out, `${lines.join('\n')}\n`);
  say(`${lines.length} calls read: ${out}`);
}
