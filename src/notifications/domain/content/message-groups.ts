import { callOfTopic, closingNextFirst, groupEditions } from '../../../calls/domain/related-calls.js';
import { nextDeadlineAt } from '../../../calls/domain/facts/deadline.js';
import { moneyPhrase } from '../../../calls/domain/facts/budget.js';
import type { Fact } from '../../../calls/domain/facts/call-facts.js';
import { grouped } from '../../../kernel/collections.js';
import { diffRoom, type Measure, itemView, type ItemView, reasonOf, named } from './item-view.js';
import type { CallItem, Message } from './message.js';
import type { Language } from '../../../kernel/language.js';
import type { Link } from '../../../outbox/domain/mail-page.js';
import { LINKED_VERDICTS } from './mail-link.js';
import { ownAddress } from '../../../kernel/web-address.js';
import { translateTo } from '../../../i18n/translate.js';

/**
 * Calls that belong together: topics under the name of their call, or calls that stand alone. Topics that
 * also share why they fit and when they close are read as one: what they share stands above them.
 */
export interface GroupView {
  /** Null above calls that stand alone, unless topics of a call precede them. */
  heading: string | null;
  /** The title of the parent call, in its language. */
  callTitle: { text: string; language: string } | null;
  /** Facts shared by all topics, not repeated for each. */
  facts: Fact[];
  /** Shared facts of the single-row layout. */
  row: string[];
  /** How well all of them fit, and why; empty and null where each says it. */
  fit: string[];
  reason: string | null;
  because: string | null;
  /** Links to decide on all of them; null where each is decided on by itself alone. */
  decide: Link[] | null;
  items: ItemView[];
}

/** Groups new and changed calls, keeping their order; every call is an item. */
export const groupViews = (message: Message, measure: Measure): GroupView[] =>
  viewsOf(message, measure, { siblings: new Map(), sisters: new Map() });

/** The calls that are read as one with another, and by call the key of those that share why and when. */
interface Folded {
  siblings: ReadonlyMap<string, readonly CallItem[]>;
  sisters: ReadonlyMap<string, string>;
}

/**
 * The same for people: a new topic under two identifiers, or in two editions, is one item, of what closes
 * next, that names the others; new topics of one call that share reason and deadlines are one group that
 * says so once.
 */
export function foldedViews(message: Message, measure: Measure): GroupView[] {
  const plain = (item: CallItem): boolean => item.changes.length === 0 && item.urgency === null;
  const nextOf = ({ item }: { item: CallItem }): string | null =>
    nextDeadlineAt(item.call.deadlines, message.now);
  const groups = groupEditions(message.items.filter(plain).map((item) => ({ item, ...item.call })));
  const siblings = new Map(
    groups
      .map((group) => closingNextFirst(group, nextOf))
      .map(([first, ...others]) => [first!.item.callId, others.map(({ item }) => item)]),
  );
  const items = message.items.filter((item) => !plain(item) || siblings.has(item.callId));
  const sisters = sistersAmong(items.filter(plain), message, measure);
  return viewsOf({ ...message, items }, measure, { siblings, sisters });
}

/** Returns a key for each call that shares its call, reason, deadlines and subscriptions with another. */
function sistersAmong(
  items: CallItem[],
  { language }: Message,
  { brief }: Measure,
): ReadonlyMap<string, string> {
  const keyOf = (item: CallItem): string[] => {
    const { call, match, because, baseline } = item;
    if (match === null || callOfTopic(call) === null || call.deadlines.length === 0) return [];
    const reason = reasonOf(item, match, language, brief);
    const deadlines = call.deadlines.map(({ at }) => at);
    return [JSON.stringify([callOfTopic(call), reason, deadlines, because, baseline])];
  };
  return new Map(
    [...grouped(items, keyOf)]
      .filter(([, topics]) => topics.length > 1)
      .flatMap(([key, topics]) => topics.map(({ callId }): [string, string] => [callId, key])),
  );
}

function viewsOf(message: Message, measure: Measure, { siblings, sisters }: Folded): GroupView[] {
  const room = diffRoom(measure.differences);
  let number = 0;
  /** The calls that a heading has named: further topics of one are more of it. */
  const headed = new Set<string>();
  return runsOf(message, sisters).map(({ topics, items }, i) => {
    const views = items.map((item) => {
      const others = siblings.get(item.callId) ?? [];
      const from = number + 1;
      number = from + others.length;
      const numbers = others.length > 0 ? `${from}–${number}` : String(from);
      return itemView(item, message.items.length > 1 ? numbers : null, message, {
        ...{ measure, room, siblings: others },
      });
    });
    if (topics) {
      const asOne = sisters.has(items[0]!.callId);
      const all = items.flatMap((item) => [item, ...(siblings.get(item.callId) ?? [])]);
      const group = asOne ? sisterhood(items, views, message, all) : family(items, views, message);
      const called = items[0]!.call.callIdentifier!;
      const again = headed.has(called);
      headed.add(called);
      return {
        ...group,
        heading: translateTo(message.language)('message.topics', {
          ...{ n: items.length, call: named(called), again: again ? 'yes' : 'no' },
        }),
      };
    }
    const heading = i ? translateTo(message.language)('message.other-calls', { n: items.length }) : null;
    return { ...NOTHING_SHARED, heading, callTitle: null, facts: [], row: [], items: views };
  });
}

const NOTHING_SHARED = { fit: [], reason: null, because: null, decide: null };

/**
 * Splits the calls into those under one heading: topics of one call, which join the first of them, or calls
 * that stand alone. In a first message, which is strictly best first, only adjacent topics are together.
 */
function runsOf(
  { kind, items }: Message,
  sisters: Folded['sisters'],
): { topics: boolean; items: CallItem[] }[] {
  const ofCall = ({ call, callId }: CallItem): string => callOfTopic(call) ?? callId;
  const family = (item: CallItem): string => sisters.get(item.callId) ?? ofCall(item);
  const together = (all: CallItem[], key: (item: CallItem) => string): CallItem[] =>
    [...grouped(all, (item) => [key(item)]).values()].flat();
  const ordered = kind === 'first' ? items : together(together(items, ofCall), family);
  const families = adjacent(ordered, (a, b) => family(a) === family(b));
  return adjacent(families, (a, b) => a.length === 1 && b.length === 1).map((run) => ({
    topics: run[0]!.length > 1,
    items: run.flat(),
  }));
}

function adjacent<T>(all: T[], together: (a: T, b: T) => boolean): T[][] {
  const runs: T[][] = [];
  for (const one of all) {
    const last = runs.at(-1);
    if (last && together(last.at(-1)!, one)) last.push(one);
    else runs.push([one]);
  }
  return runs;
}

/** A sentence more is shown where both are this short. */
const LONGEST_GIST = 220;

/** The first of the sentences that say what a call is about, or both where they are short. */
function gist(summary: ItemView['summary']): ItemView['summary'] {
  if (summary === null || summary.sentences.join(' ').length <= LONGEST_GIST) return summary;
  return { ...summary, sentences: summary.sentences.slice(0, 1) };
}

/** Topics that are read as one. `all`: those that a decision on all of them is for. */
function sisterhood(items: CallItem[], views: ItemView[], message: Message, all: CallItem[]): GroupView {
  const { language, decideUrl } = message;
  const t = translateTo(language);
  const [first] = views;
  const fit = views.every((view) => view.fit.join() === first!.fit.join()) ? first!.fit : [];
  const whole = family(
    items,
    views.map((view) => ({
      ...view,
      summary: gist(view.summary),
      fit: fit.length ? [] : view.fit,
      reason: null,
      passage: null,
      because: null,
    })),
    message,
    true,
  );
  return {
    ...whole,
    fit,
    reason: first!.reason,
    because: first!.because,
    decide:
      decideUrl &&
      LINKED_VERDICTS.map((verdict) => ({
        label: t(`verdict.all.${verdict}`),
        url: ownAddress(
          decideUrl(
            verdict,
            all.map(({ callId }) => callId),
          ),
        ),
      })),
  };
}

/** Topics of one call. Each says its own budget, even if equal, unless they are read as one. */
function family(items: CallItem[], views: ItemView[], { language }: Message, asOne = false): GroupView {
  const { call, total } = items[0]!;
  const shared = views[0]!.row ? [] : sharedFacts(views, asOne ? null : translateTo(language)('fact.budget'));
  const row = (views[0]!.row ?? []).filter((fact) => views.every((view) => view.row!.includes(fact)));
  return {
    ...NOTHING_SHARED,
    heading: null,
    // Some calls are titled by their identifier.
    callTitle:
      call.callTitle === null || call.callTitle === call.callIdentifier
        ? null
        : { text: named(call.callTitle), language: call.language },
    facts: asOne ? shared.map((fact) => ofEach(fact, language)) : shared,
    row: row.map((fact) =>
      fact === moneyPhrase(call, language, total) ? moneyPhrase(call, language, total, true)! : fact,
    ),
    items: views.map((view) => ({
      ...view,
      row: view.row && view.row.filter((fact) => !row.includes(fact)),
      facts: view.facts.filter((f) => !shared.some((s) => same(s, f))),
    })),
  };
}

/** A fact that stands above several topics: their equal budgets are not one. */
function ofEach(fact: Fact, language: Language): Fact {
  const t = translateTo(language);
  return fact.label === t('fact.budget') ? { ...fact, label: t('fact.budget-each') } : fact;
}

/**
 * Returns the shared facts, without the one that each says. Deadlines are all shared or none: one of three
 * says nothing.
 */
function sharedFacts(views: ItemView[], ofEach: string | null): Fact[] {
  const inAll = views[0]!.facts.filter(
    (fact) => fact.label !== ofEach && views.every((v) => v.facts.some((f) => same(f, fact))),
  );
  const terms = views[0]!.facts.slice(-2);
  const others = (view: ItemView): Fact[] => view.facts.slice(0, -2).filter((f) => f.label !== ofEach);
  const allDates = views.every((v) => others(v).every((f) => inAll.some((s) => same(s, f))));
  return inAll.filter((fact) => allDates || terms.some((t) => same(t, fact)));
}

const same = (a: Fact, b: Fact): boolean => a.label === b.label && a.value === b.value;
