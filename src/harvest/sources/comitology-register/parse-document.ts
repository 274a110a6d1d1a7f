import { ShapeError } from '../../../kernel/errors.js';
import type { ParsedPage, RawDocument } from '../../domain/source.js';
import { readJson, refusePage } from '../_kit/page.js';
import { proposalsOf } from './parse-award.js';
import { topicsOf } from './parse-draft.js';
import { parseDocumentPage, parseList } from './parse-register.js';
import { fileIn, listPlace } from './register-site.js';

/** Parses a page of the list, a document with its files, or a file, by the key of its request. */
export function parseDocument(document: RawDocument): ParsedPage {
  const { word } = document;
  if (!word) refusePage(document);
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
