import { type CheerioAPI, load } from 'cheerio';
import { storableJson } from '../../../kernel/storable.js';
import { CarnotError, ShapeError } from '../../../kernel/errors.js';
import type { RawDocument } from '../../domain/source.js';
import { loadBounded, narrow, refuseLong } from './html-text.js';

const TOPIC = /\bHORIZON-[A-Z0-9]+(?:-[A-Za-z0-9]+)+\b/g;
/**
 * How a page marks a topic as the call's own. Otherwise it may be the partnership's grant, or a follow-up
 * call.
 */
const NAMED =
  /\b(identifi(ant|er)|r[ée]f[ée]rence|topic|call id|num[ée]ro de l['’]appel)( (du|de l['’]appel|of the call|id|code|identifier|is|est)){0,8} ?:?$/i;

/**
 * Returns the Horizon Europe topic that a page names as the call's own, in its title or under a label, if it
 * is the only one; otherwise null.
 */
export function ownTopic(title: string, text: string): string | null {
  const [inTitle, inText] = [title.match(TOPIC) ?? [], [...text.matchAll(TOPIC)]];
  const own = inTitle.length
    ? inTitle
    : inText.some(({ index }) => NAMED.test(text.slice(Math.max(0, index - 60), index).trimEnd()))
      ? inText.map((m) => m[0])
      : [];
  return new Set(own).size === 1 ? own[0]! : null;
}

/** Titles of challenge pages: Cloudflare's, DataDome's, Imperva's and plain ones, in English and French. */
const TITLES =
  /<title[^<>]*>\s*(just a moment|one moment|attention required|please wait|security check|checking your browser|ddos-guard|access denied|human verification|are you a robot|robot check|verif(y|ying) (you|that)|un (instant|moment)|v[ée]rification (de s[ée]curit[ée]|de votre navigateur|en cours)|acc[èe]s refus[ée])/i;

/**
 * Marks found only on challenge pages. Cloudflare's script alone is no sign: ordinary pages have it too, and
 * captchas as well.
 */
const MARKS =
  /_cf_chl_opt|id="challenge-(form|running|error-text)"|captcha-delivery\.com|_Incapsula_Resource|\/\.well-known\/sgcaptcha|px-captcha/i;

/**
 * Returns the text between tags without scripts and styles: from the end of one script to the start of the
 * next.
 */
const seenWords = (html: string): string =>
  html
    .split(/<\/(?:script|style)>/i)
    .map((piece) => piece.replace(/<(?:script|style)[\s\S]*$/i, ''))
    .join('')
    .replace(/<[^<>]*>/g, '');

/** A challenge page has no heading of the site and hardly any text. */
const isBare = (html: string): boolean => !/<h1[\s>]/i.test(html) || seenWords(html).trim().length < 600;

/** Whether a page is a browser check, which an honest program does not pass: it is retried later. */
const isChallenge = (html: string): boolean => TITLES.test(html) || (MARKS.test(html) && isBare(html));

/**
 * Decodes a document with the charset it states; if it states none that we know, as UTF-8, or as what Windows
 * writes where its bytes are no UTF-8.
 */
function decoded({ bytes, mediaType }: RawDocument): string {
  const head = `${mediaType} ${bytes.subarray(0, 1024).toString('latin1')}`;
  const named = /\b(?:charset|encoding)\s*=\s*["']?([\w-]+)/i.exec(head)?.[1];
  for (const charset of [...(named ? [named] : []), 'utf-8'])
    try {
      return new TextDecoder(charset, { fatal: charset !== named }).decode(bytes);
    } catch {
      // It is unknown, or another.
    }
  return new TextDecoder('windows-1252').decode(bytes);
}

const truncated = (what: string) => new CarnotError('Truncated', `the answer is cut off: ${what}`, 'later');

/** Returns a document's text. Throws if it is empty, or if the site asks for proof of a browser. */
export function documentText(document: RawDocument): string {
  const text = decoded(document)
    .replace(/^\ufeff/, '')
    .trim();
  if (!text) throw truncated('it is empty');
  if (isChallenge(text))
    throw new CarnotError(
      'Challenge',
      'the site answered with a check of the browser instead of its page',
      'later',
    );
  return text;
}

/**
 * Parses a complete page. A truncated page may still look complete, with its last sections or half of its
 * calls missing: only the end tag is proof. Throws ShapeError if it is not a page.
 */
export function readHtml(document: RawDocument): CheerioAPI {
  const text = documentText(document);
  if (!/^(<\?xml[^>]*>|<!--(?:(?!-->)[\s\S])*-->|\s)*(<!doctype html|<html)/i.test(text))
    throw new ShapeError('the answer is no HTML page');
  // Caches and analytics append comments and scripts after the end.
  if (!/<\/(html|body)\s*>/i.test(text.slice(-5_000))) throw truncated('the page has no end');
  return narrow(loadBounded(text));
}

/**
 * Throws if a service that never sends pages sends one of its site, with status 200: that is how it says that
 * it has a bad moment.
 */
export function refusePage(document: RawDocument): void {
  if (!/^\ufeff?\s*<(!doctype html|html)/i.test(document.bytes.toString('utf8', 0, 200))) return;
  readHtml(document);
  throw new CarnotError('PageInstead', 'a page of the site came instead of the answer', 'later');
}

export const isJson = ({ bytes }: RawDocument): boolean =>
  /^\ufeff?\s*[[{]/.test(bytes.subarray(0, 4096).toString('utf8'));

export function readJson(document: RawDocument): unknown {
  const text = documentText(document);
  if (!/^[[{]/.test(text)) throw new ShapeError('the answer is no JSON');
  if (!/[\]}]$/.test(text)) throw truncated('the JSON has no end');
  try {
    return storableJson(text);
  } catch (error) {
    throw new ShapeError('the answer is no JSON', error);
  }
}

/** Whether a document begins like an XML feed rather than a page. */
export const isXml = ({ bytes }: RawDocument): boolean =>
  /^\ufeff?\s*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->)[\s\S])*-->\s*)*<(rss|feed|rdf:RDF)\b/.test(
    bytes.subarray(0, 4096).toString('utf8'),
  );

/** Parses a complete feed (RSS 2.0, RSS 1.0 or Atom). */
export function readFeed(document: RawDocument): CheerioAPI {
  const text = documentText(document);
  if (!/<\/(rss|feed|rdf:RDF)>\s*$/.test(text)) throw truncated('the feed has no end');
  refuseLong(text);
  return narrow(load(text, { xml: true }));
}
