import { CarnotError, ShapeError } from '../../../kernel/errors.js';
import type { ParsedPage, RawDocument } from '../../domain/source.js';
import { readHtml, readJson } from '../_kit/page.js';
import { proposalsOf } from './parse-award.js';
import { topicsOf } from './parse-draft.js';
import { parseDocumentPage, parseList } from './parse-register.js';
import { fileIn, listPlace } from './register-site.js';

/** A page of the site, with status 200, is how the register says that it has a bad moment. */
function refuseHtml(document: RawDocument): void {
  if (!/^\s*<(!doctype html|html)/i.test(document.bytes.toString('utf8', 0, 200))) return;
  readHtml(document);
  throw new CarnotError('PageInstead', 'the register answered with a page of its site', 'later');
}

/** Parses a page of the list, a document with its files, or a file, by the key of its request. */
export function parseDocument(document: RawDocument): ParsedPage {
  const { word } = document;
  if (!word) refuseHtml(document);
  const file = fileIn(document.key);
  if (!file && !word) {
    const json = readJson(document);
    return listPlace(document.key) || 'totalElements' in (json as object)
      ? parseList(json)
      : parseDocumentPage(json);
  }
  if (!file || !word) throw new ShapeError(`${document.key} is no Word file`);
  const read = { ...file, topics: topicsOf(word), proposals: proposalsOf(word) };
  return { total: null, calls: [], unread: [], links: [], files: [read] };
}
