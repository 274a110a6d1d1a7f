import type { CheerioAPI } from 'cheerio';
import type { ParsedCall } from '../../../calls/domain/parsed-call.js';
import { wordsOnly } from '../../../calls/domain/searched-text.js';
import { ShapeError } from '../../../kernel/errors.js';
import { webAddress } from '../../../kernel/web-address.js';
import type { ParsedPage } from '../../domain/source.js';
import { ownPages, pathOn, pathsOf, textIn } from '../_kit/addresses.js';
import { layOut, lineOf, type TextNode } from '../_kit/html-text.js';
import { callOf, factsIn } from './parse-list.js';
import { callIn, ORIGIN } from './site.js';

const TEXT = '.description';
/** How its link to the funder's own page is named. */
const FUNDERS_PAGE =
  /site (web )?(du|de l['’]) ?(financeur|partenaire|organisme)|consulter l['’]appel|page de l['’]appel/i;

/** Returns the addresses of the call's own page at its funder. */
function funderPages($: CheerioAPI): string[] {
  const named = $('main a[href]')
    .toArray()
    .filter((a) => FUNDERS_PAGE.test(lineOf($(a))))
    .flatMap((a) => webAddress($(a).attr('href') ?? null) ?? [])
    .filter((address) => pathOn(ORIGIN, address) === null);
  return [...new Set([...named, ...ownPages($, 'main', ORIGIN)])];
}

const STATUSES: Record<string, ParsedCall['sourceStatus']> = {
  open: 'open',
  forthcoming: 'forthcoming',
  closed: 'closed',
};

/**
 * Parses a call's page, which names the page at its funder: by that the call is known where its funder is
 * read too. All else is as the list has it, which the key carries.
 */
export function parsePage($: CheerioAPI, key: string): ParsedPage {
  const reference = pathsOf($, key.split('#', 1)[0]!, ORIGIN)
    .map(callIn)
    .find((name) => name !== null);
  const text = $(TEXT).first();
  if (!text.length) throw new ShapeError(`the page is not that of a call (${TEXT})`);
  const facts = reference === undefined ? null : factsIn(reference, textIn(key));
  const { before: description } = layOut(text.toArray() as TextNode[], () => false);
  if (facts && !wordsOnly(description).includes(facts.begins))
    throw new ShapeError('the text of the page is another than the list has');
  const calls = facts && [
    callOf(facts, description, {
      alsoAt: funderPages($),
      status: STATUSES[key.split(' ', 1)[0]!] ?? null,
    }),
  ];
  return { total: null, calls: calls ?? [], unread: [], links: [] };
}
