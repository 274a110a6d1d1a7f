import { callOfTopic } from '../../../calls/domain/named-for.js';
import { groupEditions } from '../../../calls/domain/related-calls.js';
import type { Fact } from '../../../calls/domain/facts/call-facts.js';
import { grouped } from '../../../kernel/collections.js';
import { diffRoom } from '../facts/change-view.js';
import { itemView, type ItemView } from './item-view.js';
import { named } from './item-words.js';
import type { Measure } from '../facts/measure.js';
import type { CallItem, Message } from './message.js';
import { translateTo } from '../../../i18n/translate.js';

/** Calls that belong together: topics under the name of their call, or calls that stand alone. */
export interface GroupView {
  /** Null above calls that stand alone, unless topics of a call precede them. */
  heading: string | null;
  /** The title of the parent call, in its language. */
  callTitle: { text: string; language: string } | null;
  /** Facts shared by all topics, not repeated for each. */
  facts: Fact[];
  /** Shared facts of the single-row layout. */
  row: string[];
  items: ItemView[];
}

/** Groups new and changed calls, keeping their order; every call is an item. */
export const groupViews = (message: Message, measure: Measure): GroupView[] =>
  viewsOf(message, measure, new Map());

/**
 * The same for people: a new topic under two identifiers, or in two editions, is one item that names the
 * others.
 */
export function foldedViews(message: Message, measure: Measure): GroupView[] {
  const plain = (item: CallItem): boolean => item.changes.length === 0 && item.urgency === null;
  const groups = groupEditions(message.items.filter(plain).map((item) => ({ item, ...item.call })));
  const siblings = new Map(
    groups.map(([first, ...others]) => [first!.item.callId, others.map(({ item }) => item)]),
  );
  const items = message.items.filter((item) => !plain(item) || siblings.has(item.callId));
  return viewsOf({ ...message, items }, measure, siblings);
}

function viewsOf(
  message: Message,
  measure: Measure,
  siblings: ReadonlyMap<string, readonly CallItem[]>,
): GroupView[] {
  const room = diffRoom(measure.differences);
  let number = 0;
  return runsOf(message).map(({ topics, items }, i) => {
    const views = items.map((item) =>
      itemView(item, message.items.length > 1 ? (number += 1) : null, message, {
        ...{ measure, room, siblings: siblings.get(item.callId) ?? [] },
      }),
    );
    if (topics) return family(items, views, message);
    const heading = i ? translateTo(message.language)('message.other-calls', { n: items.length }) : null;
    return { heading, callTitle: null, facts: [], row: [], items: views };
  });
}

/**
 * Splits the calls into those under one heading: topics of one call, which join the first of them, or calls
 * that stand alone. In a first message, which is strictly best first, only adjacent topics are together.
 */
function runsOf({ kind, items }: Message): { topics: boolean; items: CallItem[] }[] {
  const family = ({ call, callId }: CallItem): string => callOfTopic(call) ?? callId;
  const ordered = kind === 'first' ? items : [...grouped(items, (item) => [family(item)]).values()].flat();
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

function family(items: CallItem[], views: ItemView[], { language }: Message): GroupView {
  const { call } = items[0]!;
  const shared = views[0]!.row ? [] : sharedFacts(views, translateTo(language)('fact.budget'));
  const row = (views[0]!.row ?? []).filter((fact) => views.every((view) => view.row!.includes(fact)));
  return {
    heading: translateTo(language)('message.topics', { n: items.length, call: named(call.callIdentifier!) }),
    // Some calls are titled by their identifier.
    callTitle:
      call.callTitle === null || call.callTitle === call.callIdentifier
        ? null
        : { text: named(call.callTitle), language: call.language },
    facts: shared,
    row,
    items: views.map((view) => ({
      ...view,
      row: view.row && view.row.filter((fact) => !row.includes(fact)),
      facts: view.facts.filter((f) => !shared.some((s) => same(s, f))),
    })),
  };
}

/**
 * Returns the shared facts. Each topic has its own budget, even if equal. Deadlines are all shared or none:
 * one of three says nothing.
 */
function sharedFacts(views: ItemView[], budget: string): Fact[] {
  const inAll = views[0]!.facts.filter(
    (fact) => fact.label !== budget && views.every((v) => v.facts.some((f) => same(f, fact))),
  );
  const terms = views[0]!.facts.slice(-2);
  const others = (view: ItemView): Fact[] => view.facts.slice(0, -2).filter((f) => f.label !== budget);
  const allDates = views.every((v) => others(v).every((f) => inAll.some((s) => same(s, f))));
  return inAll.filter((fact) => allDates || terms.some((t) => same(t, fact)));
}

const same = (a: Fact, b: Fact): boolean => a.label === b.label && a.value === b.value;
