import { Injectable } from '@nestjs/common';
import { CarnotError, ShapeError } from '../../kernel/errors.js';
import { isArchive, readWord } from '../../platform/documents/word.js';
import type { ParsedPage, RawDocument, ReadDocument } from '../domain/source.js';
import type { HarvestRequestEntity } from '../store/harvest-run.entity.js';
import { DocumentRepository } from '../store/document.repository.js';
import type { Source } from '../source-registry.js';
import { readPlaceholder } from '../placeholder-document.js';

/**
 * The number of parsed pages cached: enough for the two scans of a large source, which several stages read in
 * turn.
 */
const KEPT = 128;

type Answered = Pick<HarvestRequestEntity, 'key' | 'documentHash'>;

/** The name includes the key: under another key a parser may read the same bytes differently. */
const nameOf = (source: Source, { key, documentHash }: Answered): string =>
  `${source.id}/${documentHash!}/${key}`;

/**
 * Reads documents with their source's parser. A parser is pure, so its result for given bytes and key can be
 * cached.
 */
@Injectable()
export class RunReader {
  private readonly kept = new Map<string, ParsedPage>();

  constructor(private readonly documents: DocumentRepository) {}

  /** Parses a document that was just fetched. Throws what the parser throws, always one of our errors. */
  async parse(source: Source, hash: string, document: RawDocument): Promise<ParsedPage> {
    const name = nameOf(source, { key: document.key, documentHash: hash });
    const page =
      this.kept.get(name) ?? readPlaceholder(document) ?? parsed(source, await withWords(document));
    this.kept.delete(name);
    this.kept.set(name, page);
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value!);
    return page;
  }

  /** Returns the parsed documents of answered requests, in the order of the requests. */
  async read(source: Source, requests: Answered[]): Promise<ReadDocument[]> {
    // Taken from the cache before anything is parsed, since parsing may evict entries.
    const pages = requests.map((r) => this.kept.get(nameOf(source, r)));
    const bytes = await this.documents.get([
      ...new Set(requests.flatMap((r, i) => (pages[i] ? [] : r.documentHash!))),
    ]);
    const read: ReadDocument[] = [];
    for (const [i, { key, documentHash: hash }] of requests.entries()) {
      // A parser blocks the process: others get their turn between two documents.
      if (!pages[i])
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      read.push({ key, page: pages[i] ?? (await this.parse(source, hash!, { key, ...bytes.get(hash!)! })) });
    }
    return read;
  }

  /** Returns the same for readable documents; the others are left out. */
  async readable(source: Source, requests: Answered[]): Promise<ReadDocument[]> {
    const each = await Promise.all(requests.map((r) => this.read(source, [r]).catch(() => [])));
    return each.flat();
  }
}

/** A Word file is read in a thread before its source's parser sees what it says. */
const withWords = async (document: RawDocument): Promise<RawDocument> =>
  isArchive(document.bytes) ? { ...document, word: await readWord(document.bytes) } : document;

/**
 * An error that a parser did not foresee means an unknown form; this tells it apart from failures on our
 * side.
 */
function parsed(source: Source, document: RawDocument): ParsedPage {
  try {
    return source.parse(document);
  } catch (error) {
    if (error instanceof CarnotError) throw error;
    throw new ShapeError(
      `the parser cannot deal with the document: ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
}
