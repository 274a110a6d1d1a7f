import { z } from 'zod';
import { statusAt, CallHead } from '../../calls/domain/status.js';
import { matchIn } from '../../matching/domain/explanation/passage.js';
import { MatchReason, matchReasons } from '../../matching/domain/explanation/reasons/match-reasons.js';
import { labelsIn } from '../../profiles/domain/names-in.js';
import { preferenceRemarks } from '../../profiles/domain/preference-sentences.js';
import { unmetPreferences } from '../../profiles/domain/preferences.js';
import type { Profile } from '../../profiles/domain/profile.js';
import { BANDS, bandOf } from '../../kernel/band.js';
import { decidingRule, rulesOf, WhyNotRule } from '../domain/why-not/rules.js';
import type { Language } from '../../kernel/language.js';
import type { Explained } from '../explaining.js';

const ANSWERS = ['announced', 'on-its-way', 'waits', 'stopped', 'passes'] as const;
const STATES = [
  'unconfirmed',
  'stopped',
  'first-mail',
  'announced',
  'on-its-way',
  'digest',
  'rank',
  'baseline',
  'nothing',
] as const;

export const ExplainView = z
  .object({
    call: CallHead.extend({ language: z.string().describe('of the title') }),
    score: z.number().describe('the current score; 0 if nothing of the profile is found'),
    band: z.enum(BANDS),
    reasons: z.array(MatchReason),
    remarks: z.array(z.string()).describe('preferences that it does not meet; they do not affect the score'),
    answer: z.object({
      kind: z
        .enum(ANSWERS)
        .describe(
          'whether it was sent, an e-mail is on its way, the next digest will announce it, a rule blocks it, or nothing blocks it: outside the institute, which does not see what was sent, only the last two',
        ),
      rule: z.string().nullable().describe('the rule of the list that decides'),
      says: z.string(),
    }),
    rules: z
      .array(WhyNotRule)
      .describe('all rules, in the order they are applied; outside the institute none about what was sent'),
    contacts: z.array(
      z.object({
        name: z.string(),
        email: z.string(),
        state: z
          .enum(STATES)
          .describe(
            'nothing: none of their own rules blocks it, but one of the call or the profile does, or the reader is outside the institute',
          ),
        at: z.iso.datetime().nullable(),
        notification: z.uuid().nullable(),
        place: z.number().int().nullable().describe('among the calls not yet sent to them'),
      }),
    ),
  })
  .meta({ id: 'Explanation' });
export type ExplainView = z.infer<typeof ExplainView>;

function answerOf(rules: WhyNotRule[], onItsWay: boolean): ExplainView['answer'] {
  const rule = decidingRule(rules);
  if (!rule) return { kind: 'passes', rule: null, says: rules.find((r) => r.rule === 'score')!.says };
  const kind =
    rule.rule === 'announced'
      ? onItsWay
        ? 'on-its-way'
        : 'announced'
      : rule.rule === 'digest'
        ? 'waits'
        : 'stopped';
  return { kind, rule: rule.rule, says: rule.says };
}

export function explainView(
  { call, fresh, facts }: Explained,
  profile: Profile,
  { language, inside, now }: { language: Language; inside: boolean; now: Date },
): ExplainView {
  const { content } = call;
  const { match } = fresh;
  const called = labelsIn(profile.competences, language);
  const exclusions = facts.exclusions.map((e) => ({ ...e, competence: called(e.competence) }));
  const rules = rulesOf({ ...facts, exclusions }, { language, inside });
  const announced = facts.contacts.some((c) => c.state === 'announced');
  return {
    call: {
      id: call.id,
      title: content.title,
      language: content.language,
      identifier: content.identifier,
      status: statusAt(call, now),
    },
    score: fresh.score,
    band: bandOf(fresh.score),
    reasons: match ? matchReasons(matchIn(match, called, content), content, language) : [],
    remarks: preferenceRemarks(
      unmetPreferences(profile.preferences, content, now),
      bandOf(fresh.score) !== 'weak',
      language,
    ),
    answer: answerOf(rules, !announced),
    rules,
    contacts: facts.contacts.map(({ at, next: _, ...contact }) => ({
      ...contact,
      at: at?.toISOString() ?? null,
    })),
  };
}
