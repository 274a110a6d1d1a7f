import { load, type CheerioAPI } from 'cheerio';
import { CarnotError, ShapeError } from '../../../kernel/errors.js';
import type { RawDocument } from '../../domain/source.js';
import { loadBounded, narrow, refuseLong } from './bounded-html.js';
import { isChallenge } from './challenge.js';

/** Decodes a document with the charset it states; UTF-8 if it states none that we know. */
function decoded({ bytes, mediaType }: RawDocument): string {
  const head = `${mediaType} ${bytes.subarray(0, 1024).toString('latin1')}`;
  const named = /\b(?:charset|encoding)\s*=\s*["']?([\w-]+)/i.exec(head)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(named).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

const truncated = (what: string) => new CarnotError('Truncated', `the answer is cut off: ${what}`, 'later');

/** Returns a document's text. Throws if it is empty, or if the site asks for proof of a browser. */
function textOf(document: RawDocument): string {
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
  const text = textOf(document);
  if (!/^(<\?xml[^>]*>|<!--(?:(?!-->)[\s\S])*-->|\s)*(<!doctype html|<html)/i.test(text))
    throw new ShapeError('the answer is no HTML page');
  // Caches and analytics append comments and scripts after the end.
  if (!/<\/(html|body)\s*>/i.test(text.slice(-5_000))) throw truncated('the page has no end');
  return narrow(loadBounded(text));
}

/** Whether a document begins like JSON. */
export const isJson = ({ bytes }: RawDocument): boolean =>
  /^\ufeff?\s*[[{]/.test(bytes.subarray(0, 4096).toString('utf8'));

/** Parses a complete JSON document. */
export function readJson(document: RawDocument): unknown {
  const text = textOf(document);
  if (!/^[[{]/.test(text)) throw new ShapeError('the answer is no JSON');
  if (!/[\]}]$/.test(text)) throw truncated('the JSON has no end');
  try {
    return JSON.parse(text);
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
  const text = textOf(document);
  if (!/<\/(rss|feed|rdf:RDF)>\s*$/.test(text)) throw truncated('the feed has no end');
  refuseLong(text);
  return narrow(load(text, { xml: true }));
}
