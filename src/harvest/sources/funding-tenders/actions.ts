import { z } from 'zod';
import type { ParsedCall } from '../../../calls/domain/parsed-call.js';

const Agreement = z.looseObject({ abbreviation: z.string().nullish(), description: z.string().nullish() });

/** A topic's action: JSON in a string in the search's rows, plain in the topic's own file. */
export const Action = z.object({
  plannedOpeningDate: z.string().nullish(),
  deadlineModel: z.string().nullish(),
  submissionProcedure: z.object({ abbreviation: z.string().nullish() }).nullish(),
  types: z
    .array(
      z.object({
        typeOfAction: z.string().nullish(),
        typeOfMGA: z.array(Agreement).nullish().catch(undefined),
      }),
    )
    .nullish(),
});
export type Action = z.infer<typeof Action>;

const MODELS: Record<string, ParsedCall['deadlineModel']> = {
  'single-stage': 'single-stage',
  'two-stage': 'two-stage',
  'multiple cut-off': 'multiple-cut-off',
};

const isLumpSum = ({ abbreviation, description }: z.infer<typeof Agreement>): boolean =>
  /-LS\b/.test(abbreviation ?? '') || /\blump sum\b/i.test(description ?? '');

/** Returns the facts in a topic's actions; null and empty if they state nothing. */
export function actionFacts(actions: Action[]): {
  opensAt: string | null;
  typesOfAction: string[];
  /** Whether its grant agreements are all lump sums (true) or none is (false). */
  lumpSum: boolean | null;
  deadlineModel: (otherwise: string | undefined) => ParsedCall['deadlineModel'];
} {
  const [first] = actions;
  const types = actions.flatMap((a) => a.types ?? []);
  const lumps = types.flatMap((t) => t.typeOfMGA ?? []).map(isLumpSum);
  const settled = lumps.length > 0 && lumps.every((x) => x === lumps[0]);
  return {
    opensAt: first?.plannedOpeningDate || null,
    typesOfAction: types.flatMap((t) => t.typeOfAction ?? []),
    lumpSum: settled ? lumps[0]! : null,
    deadlineModel: (otherwise) =>
      MODELS[first?.deadlineModel ?? first?.submissionProcedure?.abbreviation ?? otherwise ?? ''] ?? null,
  };
}
