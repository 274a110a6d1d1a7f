import type { CheerioAPI } from 'cheerio';
import type { ParsedCall } from '../../../calls/domain/parsed-call.js';
import { ShapeError } from '../../../kernel/errors.js';
import type { ParsedPage } from '../../domain/source.js';
import { ownPages } from '../_kit/addresses.js';
import { callPage } from '../_kit/call-page.js';
import { datesOf } from '../_kit/deadlines.js';
import { lineOf } from '../_kit/html-text.js';
import { labelledBudget } from '../_kit/money.js';
import { scheduleOf, type Schedule } from '../_kit/schedule.js';
import { sectionsUnder } from '../_kit/sections.js';
import { ownTopic } from '../_kit/topic-identifier.js';
import { callIn, ORIGIN, programmeIn } from './eureka-site.js';
import { cardsOf } from './parse-list.js';

const NOT_TEXT = 'h1, nav, header nav, footer, form, aside, script, style, svg, [class*="breadcrumb"]';
const BUDGET = /^ *(total |overall )?(call budget|budget (of|for) (the|this) call)( is| of)? *(:|$)/i;
/** Each country there has its own deadline and budget. */
const OF_COUNTRIES = /^(countr|national|participating)/i;
const TIMELINE = /^(call )?(timeline|time ?frame|time schedule|(key |important )?dates)\b/i;

/** An end a century ahead is how the site says that a call has none ("1 January 2125"). */
const isReal = ({ day }: { day: string }): boolean => day < '2100';

/**
 * Combines the dates of the box next to the title with those of the timeline. The box has one deadline, with
 * its time; the timeline shows whether there are two stages. Dates elsewhere on the page are those of single
 * countries.
 */
function scheduleIn(before: string, timeline: string): Schedule {
  const [box, line] = [scheduleOf(before), scheduleOf(timeline)];
  return {
    opens: box.opens.length ? box.opens : line.opens,
    firstStage: [...box.firstStage, ...line.firstStage],
    secondStage: [...box.secondStage, ...line.secondStage],
    cutOffs: [...box.cutOffs, ...line.cutOffs],
    extended: [...box.extended, ...line.extended],
    closes: (box.closes.length ? box.closes : line.closes).filter(isReal),
  };
}

/** The dates of the box are not part of the text. */
const BOX = /^(start date|end date|apply from|until) ?:?\n?.*\b\d{4}\b.*$/gim;

/** Removes flags and the icons of the fold-out rows ("Austria 🇦🇹 ＋ −"), which are not text. */
const unfolded = (text: string): string =>
  text
    .replace(BOX, '')
    .replace(/[＋−]/g, '')
    .replace(/\p{Regional_Indicator}/gu, '')
    .replace(/(?<! ) +$/gm, '')
    .trim();

function callOf($: CheerioAPI, title: string, reference: string): ParsedCall {
  const root = $('main').length ? 'main' : 'body';
  const alsoAt = ownPages($, root, ORIGIN);
  cardsOf($).remove();
  $(root).find(NOT_TEXT).remove();
  const { before, sections } = sectionsUnder($(root).first().toArray()[0]!.children, ['h2']);
  const timeline = sections
    .filter((s) => TIMELINE.test(s.title))
    .map((s) => s.text)
    .join('\n');
  const text = sections
    .filter((s) => !OF_COUNTRIES.test(s.title))
    .map((s) => `${s.title}\n${s.text}`)
    .join('\n');
  const dates = datesOf(scheduleIn(before, timeline));
  return {
    dataSource: 'EUREKA',
    reference,
    language: 'en',
    title,
    kind: 'grant',
    identifier: ownTopic(title, text),
    callIdentifier: null,
    callTitle: null,
    programme: { code: 'EUREKA', name: 'Eureka' },
    divisions: programmeIn(reference),
    typesOfAction: [],
    // The lists that are read hold open and upcoming calls: one without any date has only been announced.
    sourceStatus: dates.opensAt || dates.deadlines.length ? 'open' : 'forthcoming',
    ...dates,
    budget: labelledBudget(text, BUDGET),
    destination: null,
    keywords: [],
    sections: sections.map((s) => ({ ...s, text: unfolded(s.text) })).filter((s) => s.text),
    url: `${ORIGIN}/programmes-and-calls/${reference}/`,
    alsoAt,
  };
}

const NOTHING: ParsedPage = { total: null, calls: [], unread: [], links: [] };

/**
 * Parses a page linked only from the control: no list has said that it is a call, so its own address and a
 * date must. An event, an introduction, or a page that now leads elsewhere is not a call, and nothing to
 * report.
 */
export function parseStray($: CheerioAPI, paths: string[]): ParsedPage {
  const [reference, title] = [callIn(paths[0] ?? ''), lineOf($('h1').first())];
  if (reference === null || !title) return NOTHING;
  const call = callOf($, title, reference);
  return call.deadlines.length || call.opensAt !== null ? callPage(call) : NOTHING;
}

/** Parses a call's page. Throws ShapeError if it does not have the expected form. */
export function parseCall($: CheerioAPI, paths: string[]): ParsedPage {
  const reference = paths.map(callIn).find((name) => name !== null);
  if (!reference) throw new ShapeError("the page is not that of a call: its address is another's");
  const title = lineOf($('h1').first());
  if (!title) throw new ShapeError(`the page of ${reference} has no title (h1)`);
  return callPage(callOf($, title, reference));
}
