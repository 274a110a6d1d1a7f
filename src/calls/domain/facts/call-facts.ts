import type { CallContent, Deadline } from '../call-content.js';
import { actionShort } from '../action-code.js';
import { daysLeft } from '../../../kernel/brussels.js';
import { programmeOfCall, typeInWords } from '../names-in.js';
import type { StatedTotal } from '../page/budget-comparison.js';
import { type Status, statusAt, statusFacts } from '../status.js';
import type { Language } from '../../../kernel/language.js';
import { budgetForPeople } from './budget.js';
import {
  comingAndPassed,
  dateForPeople,
  deadlineForPeople,
  momentForPeople,
  shortDate,
  type UnstatedTime,
} from './deadline.js';
import { oneLine, shortened } from '../../../kernel/one-line.js';
import { translateTo } from '../../../i18n/translate.js';
import { parentTopicOf } from '../related-calls.js';

/** Why a source cannot currently be read. */
export const SOURCE_TROUBLES = [
  'doubtful',
  'broken',
  'blocked',
  'refused',
  'throttled',
  'unreachable',
] as const;
export type SourceTrouble = (typeof SOURCE_TROUBLES)[number];

export interface SourceAge {
  name: string;
  lastGoodRunAt: Date | null;
  state: SourceTrouble | 'new' | 'healthy' | 'quiet';
}

export interface Fact {
  label: string;
  value: string;
}

const LONGEST_FACT = 160;
const inShort = (text: string): string => shortened(oneLine(text), LONGEST_FACT);

/**
 * Returns the next deadline first, then the others, so that a two-stage call shows both and a passed one is
 * not hidden.
 */
export function deadlineFacts(
  call: Pick<CallContent, 'deadlines'>,
  now: Date,
  language: Language,
  untold: UnstatedTime = 'said',
): Fact[] {
  const t = translateTo(language);
  const { coming, passed } = comingAndPassed(call.deadlines, now);
  if (!call.deadlines.length) return [{ label: t('fact.deadline'), value: t('fact.no-deadline') }];
  return [
    ...coming.map((d, i) => ({
      label: t(i ? 'fact.then-deadline' : 'fact.deadline'),
      value: deadlineForPeople(d, language, untold),
    })),
    ...passed.map((d) => ({
      label: t('fact.passed-deadline'),
      value: deadlineForPeople(d, language, untold),
    })),
  ];
}

/** Says which draft a topic stands in: it has not the authority of a published call. */
export const draftInWords = (
  { day, version }: NonNullable<CallContent['draft']>,
  language: Language,
): string => translateTo(language)('draft.says', { day: dateForPeople(day, language), version });

/** Says of a topic of a draft that it is one; empty for others. */
export const draftFact = ({ draft }: Pick<CallContent, 'draft'>, language: Language): Fact[] =>
  draft ? [{ label: translateTo(language)('calls.status'), value: draftInWords(draft, language) }] : [];

/** Returns why nobody can answer a call: it is a draft, over, or withdrawn; empty for others. */
export function statusFact(status: Status, call: Pick<CallContent, 'draft'>, language: Language): Fact[] {
  if (status === 'draft') return draftFact(call, language);
  if (status === 'open' || status === 'forthcoming') return [];
  const t = translateTo(language);
  return [{ label: t('calls.status'), value: t(`status.${status}`) }];
}

/** Returns when a forthcoming call opens; empty for others. */
export function openingFact(
  call: Pick<CallContent, 'opensAt' | 'deadlines' | 'sourceStatus'>,
  now: Date,
  language: Language,
): Fact[] {
  const t = translateTo(language);
  if (statusAt(statusFacts(call), now) !== 'forthcoming') return [];
  const value = call.opensAt === null ? t('not-stated') : dateForPeople(call.opensAt, language);
  return [{ label: t('fact.opens'), value }];
}

/** Returns a call's budget, programme and type of action. */
export function termsOf(
  call: CallContent,
  total: StatedTotal,
  language: Language,
): { budget: Fact; programme: Fact; typeOfAction: Fact } {
  const t = translateTo(language);
  const programme = call.programme && inShort(programmeOfCall(call.programme, language));
  return {
    budget: { label: t('fact.budget'), value: budgetForPeople(call, language, total) },
    programme: { label: t('fact.programme'), value: programme ?? t('not-stated') },
    typeOfAction: {
      label: t('fact.type-of-action'),
      value: inShort(withLumpSum(call, typeOfAction(call, language), language)),
    },
  };
}

/** Adds "lump sum" unless the name of the type of action already says it. */
const withLumpSum = ({ lumpSum }: CallContent, type: string, language: Language): string =>
  lumpSum && !/lump sum|forfaitaire/i.test(type)
    ? translateTo(language)('fact.with-lump-sum', { type })
    : type;

/** Cascade funding and external actions have no type of action: their kind is shown instead. */
export function typeOfAction(call: Pick<CallContent, 'typesOfAction' | 'kind'>, language: Language): string {
  const t = translateTo(language);
  if (call.typesOfAction.length)
    return call.typesOfAction.map((type) => typeInWords(oneLine(type), language)).join(', ');
  return t(call.kind === 'grant' ? 'not-stated' : `fact.kind.${call.kind}`);
}

/** Returns the short names of a call's types of action, or else its kind: "RIA", "cascade funding". */
export function actionInShort(
  call: Pick<CallContent, 'typesOfAction' | 'kind'>,
  language: Language,
): string | null {
  if (!call.typesOfAction.length)
    return call.kind === 'grant' ? null : translateTo(language)(`fact.kind.${call.kind}`);
  const types = call.typesOfAction.map(oneLine);
  return [...new Set(types.map((type) => actionShort(type) ?? typeInWords(type, language)))].join(', ');
}

const DATES_IN_SHORT = 2;
/** Nobody counts the days to a date more than a year ahead. */
const MOST_DAYS_COUNTED = 365;

/** The next dates with what they are, which is said once of several cut-offs. */
function datesInShort(coming: Deadline[], now: Date, language: Language): string {
  const t = translateTo(language);
  const areCutOffs = coming.length > 1 && coming.every(({ kind }) => kind === 'cut-off');
  const dates = coming.slice(0, DATES_IN_SHORT).map(({ at, kind }) => {
    const deadline = shortDate(at, now, language);
    return kind === 'single' || areCutOffs
      ? deadline
      : t('deadline.kind', { deadline, kind: t(`deadline.kind.${kind}`) });
  });
  const more = coming.length - dates.length;
  const all = [...dates, ...(more > 0 ? [`+${more}`] : [])].join(t('text.semicolon'));
  return areCutOffs ? t('deadline.short.cut-offs', { dates: all }) : all;
}

/**
 * Returns the deadline in a few characters: "D-32 (3 Nov, stage 1)"; the opening date if forthcoming, or that
 * it is over. No hour is shown, so none is claimed.
 */
export function deadlineInShort(
  call: Pick<CallContent, 'deadlines' | 'opensAt'>,
  now: Date,
  language: Language,
): string {
  const t = translateTo(language);
  const { coming, passed } = comingAndPassed(call.deadlines, now);
  const opens =
    call.opensAt !== null && new Date(call.opensAt) > now
      ? [t('deadline.short.opens', { date: shortDate(call.opensAt, now, language) })]
      : [];
  const [next] = coming;
  const last = passed.at(-1);
  if (!next)
    return [
      ...opens,
      last
        ? t('deadline.short.passed', { date: shortDate(last.at, now, language) })
        : t('deadline.short.none'),
    ].join(', ');
  const all = datesInShort(coming, now, language);
  const left = daysLeft(now, next.at);
  if (left > MOST_DAYS_COUNTED) {
    const closes = opens.length > 0 && next.kind !== 'cut-off';
    return [...opens, closes ? t('deadline.short.closes', { date: all }) : all].join(', ');
  }
  const days = t('deadline.short.days', { n: left });
  return [...opens, t('deadline.short.days-of', { days, dates: all })].join(', ');
}

/** The fields that only some kinds of calls have, and those of sources with many funders. */
export type KindWithFacts = Pick<
  CallContent,
  'kind' | 'identifier' | 'funder' | 'parentTopic' | 'project' | 'duration' | 'zones' | 'contractType'
>;

const LONGEST = 200;
const joined = (parts: (string | null | undefined)[]): string | null =>
  parts.filter(Boolean).join(' – ') || null;

/** "HORIZON-CL4-2024-DATA-01 – Title of the topic". */
export const topicInWords = (
  call: Pick<KindWithFacts, 'kind' | 'identifier' | 'parentTopic'>,
): string | null => {
  const parent = parentTopicOf(call);
  return joined([parent?.identifier, parent?.title]);
};

/** "ACRONYM – Name of the project". */
export const projectInWords = ({ project }: Pick<KindWithFacts, 'project'>): string | null =>
  joined([...new Set([project?.acronym, project?.name])]);

/** Returns these facts, each if stated. */
export function kindFacts(call: KindWithFacts, language: Language): { label: string; value: string }[] {
  const t = translateTo(language);
  const told: [string, string | null][] = [
    [t('fact.funder'), call.funder ?? null],
    [t('fact.under-topic'), topicInWords(call)],
    [t('fact.project'), projectInWords(call)],
    [t('fact.duration'), call.duration ?? null],
    [t('fact.zones'), call.zones?.join(', ') ?? null],
    [t('fact.contract-type'), call.contractType ?? null],
  ];
  return told.flatMap(([label, value]) =>
    value === null ? [] : [{ label, value: shortened(oneLine(value), LONGEST) }],
  );
}

/** Says when a source was last read and, if it cannot be read, why: a date alone tells people nothing. */
export function sourceAge(
  { lastGoodRunAt, state }: Omit<SourceAge, 'name'>,
  now: Date,
  language: Language,
): string {
  const t = translateTo(language);
  const trouble = SOURCE_TROUBLES.find((one) => one === state);
  const why = trouble ? t(`source-age.why.${trouble}`) : null;
  if (!lastGoodRunAt) return why === null ? t('source-age.never') : t('source-age.never-because', { why });
  const read = momentForPeople(lastGoodRunAt, now, language);
  if (why !== null) return t('source-age.not-since', { ...read, why });
  return t(state === 'quiet' ? 'source-age.quiet' : 'source-age.read', read);
}
