import type { CheerioAPI } from 'cheerio';
import type { ParsedCall } from '../../../calls/domain/parsed-call.js';
import { ShapeError } from '../../../kernel/errors.js';
import type { ParsedPage } from '../../domain/source.js';
import { ownPages, pathsOf, textIn } from '../_kit/addresses.js';
import { callPage } from '../_kit/call-page.js';
import { plain } from '../_kit/date-words.js';
import { datesOf, spanOf } from '../_kit/deadlines.js';
import { lineOf } from '../_kit/html-text.js';
import { labelledBudget } from '../_kit/money.js';
import { askedAs } from '../_kit/requests.js';
import { scheduleOf, type Schedule } from '../_kit/schedule.js';
import { sectionsUnder } from '../_kit/sections.js';
import { ownTopic } from '../_kit/topic-identifier.js';
import { callIn, ORIGIN } from './anr-site.js';

/** The part of the page about the call: the one with its title. */
const BODY = 'section.content-style:has(h1)';
const NOT_TEXT = 'h1, nav, form, aside, script, style, .categories, .breadcrumb, .share, .date';
const BUDGET =
  /^ *(budget|enveloppe)( (total|globale?|indicati(f|ve)|previsionnel(le)?))*( *(de|pour) l'appel)?( a projets)? *(:|$)/i;

/** The key prefix of a call's page requested alone, without the list. */
export const QUICK_CHECK = 'quick-check';

interface Head {
  title: string;
  types: string[];
  span: string;
}

/** Returns the state that the site gives in words; dates take precedence if there are any. */
function statusOf({ title, types }: Head): ParsedCall['sourceStatus'] {
  const tags = types.map((tag) => plain(tag).toLowerCase());
  if ([plain(title).toLowerCase(), ...tags].some((words) => /pre-?annonce/.test(words))) return 'forthcoming';
  return tags.some((tag) => /^(appel (a projets )?)?(clos|cloture|ferme|termine)e?$/.test(tag))
    ? 'closed'
    : 'open';
}

function headOf($: CheerioAPI): Head {
  const body = $(BODY).first();
  const texts = (selector: string) =>
    body
      .find(selector)
      .toArray()
      .map((x) => lineOf($(x)))
      .filter(Boolean);
  return {
    title: lineOf(body.find('h1').first()),
    types: [...new Set(texts('.tag-type'))],
    span: texts('.date')[0] ?? '',
  };
}

/** Returns the dates of a call's page; if it has no deadline, those of the call's card in the list. */
function datesAlso(schedule: Schedule, card: string): ReturnType<typeof datesOf> {
  const page = datesOf(schedule);
  if (page.deadlines.length) return page;
  const told = datesOf({ ...scheduleOf(''), ...spanOf(card) });
  return { ...told, opensAt: page.opensAt ?? told.opensAt };
}

function callOf($: CheerioAPI, head: Head, reference: string, card: string): ParsedCall {
  const also = ownPages($, BODY, ORIGIN);
  const body = $(BODY).first();
  body.find(NOT_TEXT).remove();
  const { sections } = sectionsUnder(body.toArray()[0]!.children, ['h2', 'h3']);
  const text = sections.map((s) => `${s.title}\n${s.text}`).join('\n');
  const [schedule, span] = [scheduleOf(text), spanOf(head.span)];
  return {
    dataSource: 'ANR',
    reference,
    language: 'fr',
    title: head.title,
    kind: 'grant',
    identifier: ownTopic(head.title, text),
    callIdentifier: null,
    callTitle: null,
    programme: { code: 'ANR', name: 'Agence nationale de la recherche' },
    divisions: [],
    typesOfAction: head.types,
    sourceStatus: statusOf(head),
    ...datesAlso(
      {
        ...schedule,
        opens: [...span.opens, ...schedule.opens],
        closes: [...span.closes, ...schedule.closes],
      },
      card,
    ),
    budget: labelledBudget(text, BUDGET),
    destination: null,
    keywords: [],
    sections,
    url: `${ORIGIN}/fr/detail/call/${reference}/`,
    alsoAt: also,
  };
}

/** Parses a call's page. Throws ShapeError if it does not have the expected form. */
export function parseCall($: CheerioAPI, key: string): ParsedPage {
  const reference = pathsOf($, key, ORIGIN)
    .map(callIn)
    .find((name) => name !== null);
  if (!reference) throw new ShapeError("the page is not that of a call: its address is another's");
  const head = headOf($);
  if (!head.title) throw new ShapeError(`the page of ${reference} has no title where it was (${BODY})`);
  const call = callOf($, head, reference, textIn(key));
  // Read without the list, a page without dates does not contradict those known from the list.
  if (askedAs(QUICK_CHECK, { key }) && !call.deadlines.length) {
    return { total: null, calls: [], unread: [{ reference, why: 'its page tells no deadline' }], links: [] };
  }
  return callPage(call);
}
