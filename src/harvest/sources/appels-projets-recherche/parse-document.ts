import type { ParsedPage, RawDocument } from '../../domain/source.js';
import { isJson, readHtml, readJson, refusePage } from '../_kit/page.js';
import { parseList } from './parse-list.js';
import { parsePage } from './parse-page.js';
import { parseSearch } from './parse-search.js';
import { COUNT, LIST } from './site.js';

const isAnswer = (key: string): boolean => key === LIST.key || key === COUNT.key || key.startsWith('living ');
const isPage = ({ bytes }: RawDocument): boolean => /^\ufeff?\s*</.test(bytes.toString('utf8', 0, 100));

/** Parses the list, an answer of the search, or a call's page: the document itself shows which it is. */
export function parseDocument(document: RawDocument): ParsedPage {
  if (isAnswer(document.key)) refusePage(document);
  if (isJson(document)) return parseSearch(readJson(document), document.key);
  return isPage(document) ? parsePage(readHtml(document), document.key) : parseList(document);
}
