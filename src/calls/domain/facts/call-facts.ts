import type { CallContent } from '../call-content.js';
import { actionShort } from '../action-code.js';
import { daysLeft } from '../days-left.js';
import { programmeOfCall, typeInWords } from '../names-in.js';
import type { StatedTotal } from '../page/budget-comparison.js';
import { statusAt, statusFacts } from '../status.js';
import type { Language } from '../../../kernel/language.js';
import { budgetForPeople } from './budget.js';
import {
  comingAndPassed,
  dateForPeople,
  deadlineForPeople,
  shortDate,
  type UnstatedTime,
} from './deadline.js';
import { oneLine, shortened } from '../../../kernel/one-line.js';
import { textsIn } from './texts-in.js';

export interface Fact {
  label: string;
  value: string;
}

const LONGEST_FACT = 160;
const inShort = (text: string): string => shortened(oneLine(text), LONGEST_FACT);

/** The next deadline first; the others after it, so that a two-stage call shows both and a passed one is not hidden. */
export function deadlineFacts(
  call: Pick<CallContent, 'deadlines'>,
  now: Date,
  language: Language,
  untold: UnstatedTime = 'said',
): Fact[] {
  const { label, noDeadline } = textsIn(language);
  const { coming, passed } = comingAndPassed(call.deadlines, now);
  if (!call.deadlines.length) return [{ label: label.deadline, value: noDeadline }];
  return [
    ...coming.map((d, i) => ({
      label: i ? label.thenDeadline : label.deadline,
      value: deadlineForPeople(d, language, untold),
    })),
    ...passed.map((d) => ({ label: label.passedDeadline, value: deadlineForPeople(d, language, untold) })),
  ];
}

/** When a call opens that is still to open; none for others. */
export function openingFact(call: CallContent, now: Date, language: Language): Fact[] {
  const texts = textsIn(language);
  if (statusAt(statusFacts(call), now) !== 'forthcoming') return [];
  const value = call.opensAt === null ? texts.notStated : dateForPeople(call.opensAt, language);
  return [{ label: texts.label.opens, value }];
}

/** What a call pays and under what it stands. */
export function termsOf(
  call: CallContent,
  total: StatedTotal,
  language: Language,
): { budget: Fact; programme: Fact; typeOfAction: Fact } {
  const texts = textsIn(language);
  const programme = call.programme && inShort(programmeOfCall(call.programme, language));
  return {
    budget: { label: texts.label.budget, value: budgetForPeople(call, language, total) },
    programme: { label: texts.label.programme, value: programme ?? texts.notStated },
    typeOfAction: {
      label: texts.label.typeOfAction,
      value: inShort(withLumpSum(call, typeOfAction(call, language), language)),
    },
  };
}

/** A type of action says it in its own name where it is one of lump sums alone. */
const withLumpSum = ({ lumpSum }: CallContent, type: string, language: Language): string =>
  lumpSum && !/lump sum|forfaitaire/i.test(type) ? textsIn(language).withLumpSum(type) : type;

/** Cascade funding and external actions have no type of action: what they are is told instead. */
export function typeOfAction(call: Pick<CallContent, 'typesOfAction' | 'kind'>, language: Language): string {
  const texts = textsIn(language);
  if (call.typesOfAction.length)
    return call.typesOfAction.map((type) => typeInWords(oneLine(type), language)).join(', ');
  return call.kind === 'grant' ? texts.notStated : texts.callKind[call.kind];
}

/** The short names of its types of action, or what it is called where it has none: "RIA", "cascade funding". */
export function actionInShort(
  call: Pick<CallContent, 'typesOfAction' | 'kind'>,
  language: Language,
): string | null {
  if (!call.typesOfAction.length) return call.kind === 'grant' ? null : textsIn(language).callKind[call.kind];
  const types = call.typesOfAction.map(oneLine);
  return [...new Set(types.map((type) => actionShort(type) ?? typeInWords(type, language)))].join(', ');
}

const DATES_IN_SHORT = 2;

/** Until when, in a few characters: "D-32 (3 Nov, stage 1)"; what is still to open says when, and what is over that it is. No hour is told, and so none is claimed. */
export function deadlineInShort(
  call: Pick<CallContent, 'deadlines' | 'opensAt'>,
  now: Date,
  language: Language,
): string {
  const { short, semicolon, deadline: words } = textsIn(language);
  const { coming, passed } = comingAndPassed(call.deadlines, now);
  const opens =
    call.opensAt !== null && new Date(call.opensAt) > now
      ? [short.opens(shortDate(call.opensAt, now, language))]
      : [];
  const [next] = coming;
  const last = passed.at(-1);
  if (!next)
    return [...opens, last ? short.passed(shortDate(last.at, now, language)) : short.noDeadline].join(', ');
  const dates = coming
    .slice(0, DATES_IN_SHORT)
    .map((d) => shortDate(d.at, now, language) + (d.kind === 'single' ? '' : `, ${words.kind[d.kind]}`));
  const more = coming.length - dates.length;
  const all = [...dates, ...(more > 0 ? [`+${more}`] : [])].join(semicolon);
  return [...opens, `${short.daysTo(daysLeft(now, next.at))} (${all})`].join(', ');
}
