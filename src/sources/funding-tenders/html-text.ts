import { load, type CheerioAPI } from 'cheerio';
import type { Section } from '../../domain/call/parsed-call.js';

const BLOCKS = 'p, li, div, br, tr, h1, h2, h3, h4, h5, h6, ul, ol';

function textOf($: CheerioAPI, selection: ReturnType<CheerioAPI>): string {
  selection.find(BLOCKS).each((_, element) => { $(element).append('\n').before('\n'); });
  return selection.text().replace(/\s*\n\s*/g, '\n').trim();
}

/** Plain text of a piece of HTML, one line a block. */
export function htmlToText(html: string): string {
  const $ = load(`<div id="all">${html}</div>`, null, false);
  return textOf($, $('#all'));
}

const KINDS: Record<string, Section['kind']> = {
  expectedoutcome: 'expected-outcome', expectedoutcomes: 'expected-outcome', scope: 'scope', objective: 'objective',
  objectives: 'objective', expectedimpact: 'expected-impact', expectedimpacts: 'expected-impact',
  specificchallenge: 'specific-challenge',
};

/**
 * A topic's description by its headings. `span.topicdescriptionkind` names a section ("ExpectedOutcome", "Expected
 * Outcome", ...), the `div.topicdescriptioncontent` behind it holds it; what stands outside of both is the summary.
 */
export function sectionsOf(html: string): Section[] {
  const $ = load(`<div id="all">${html}</div>`, null, false);
  const sections = $('span.topicdescriptionkind').toArray().map((span): Section => {
    const title = $(span).text().replace(/([a-z])([A-Z])/g, '$1 $2').trim();
    const content = $(span).nextAll('div.topicdescriptioncontent').first();
    const text = textOf($, content);
    content.remove();
    return { kind: KINDS[title.toLowerCase().replace(/[^a-z]/g, '')] ?? 'other', title, text };
  });
  $('span.topicdescriptionkind').remove();
  const outside = textOf($, $('#all')).replace(/^[\s:]+|(?<=\n)[\s:]+/g, '').trim();
  return outside ? [{ kind: 'summary', title: '', text: outside }, ...sections] : sections;
}
