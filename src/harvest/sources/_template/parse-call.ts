import type { CheerioAPI } from 'cheerio';
import { ShapeError } from '../../../kernel/errors.js';
import type { ParsedPage } from '../../domain/source.js';
import { ownPages } from '../_kit/addresses.js';
import { callPage } from '../_kit/call-page.js';
import { datesOf } from '../_kit/deadlines.js';
import { lineOf } from '../_kit/html-text.js';
import { labelledBudget } from '../_kit/money.js';
import { scheduleOf } from '../_kit/schedule.js';
import { sectionsUnder } from '../_kit/sections.js';
import { ownTopic } from '../_kit/topic-identifier.js';
import { ORIGIN } from './site.js';

/** Parses a call from its page. Anything the page does not state is null or empty, never a guess. */
export function parseCall($: CheerioAPI, reference: string): ParsedPage {
  const article = $('article').first();
  const title = lineOf(article.find('h1').first());
  if (!title) throw new ShapeError(`the page of ${reference} has no title (article h1)`);
  const alsoAt = ownPages($, 'article', ORIGIN);
  article.find('h1, nav, form, script, style').remove();
  const { sections } = sectionsUnder(article.toArray()[0]!.children, ['h2']);
  const text = sections.map((s) => `${s.title}\n${s.text}`).join('\n');
  return callPage({
    dataSource: 'TEMPLATE',
    reference,
    language: 'en',
    title,
    kind: 'grant',
    identifier: ownTopic(title, text),
    callIdentifier: null,
    callTitle: null,
    programme: null,
    divisions: [],
    typesOfAction: [],
    sourceStatus: 'open',
    // opensAt, deadlines and deadlineModel, from the dates under a label.
    ...datesOf(scheduleOf(text)),
    budget: labelledBudget(text, /^ *budget of the call *(:|$)/i),
    destination: null,
    keywords: [],
    sections,
    url: `${ORIGIN}/calls/${reference}/`,
    alsoAt,
  });
}
