import { Injectable } from '@nestjs/common';
import { CarnotError, ShapeError } from '../../kernel/errors.js';
import type { ParsedPage, RawDocument, ReadDocument } from '../domain/source.js';
import type { HarvestRequestEntity } from '../store/harvest-request.entity.js';
import { DocumentRepository } from '../store/document.repository.js';
import type { Source } from '../source-registry.js';
import { readStandIn } from '../stand-in.js';

/**
 * Pages kept parsed: enough for the two scans of a large source, which are read by several stages one after
 * the other.
 */
const KEPT = 128;

type Answered = Pick<HarvestRequestEntity, 'key' | 'documentHash'>;

/** A parser is told the key too: under another one the same bytes may say something else. */
const nameOf = (source: Source, { key, documentHash }: Answered): string =>
  `${source.id}/${documentHash!}/${key}`;

/**
 * Reads documents with their source's parser. A parser is pure, so what it made of some bytes under a key can
 * be kept.
 */
@Injectable()
export class RunReader {
  private readonly kept = new Map<string, ParsedPage>();

  constructor(private readonly documents: DocumentRepository) {}

  /** Parses a document that has just come. Throws what the parser throws, and always an error of ours. */
  parse(source: Source, hash: string, document: RawDocument): ParsedPage {
    const name = nameOf(source, { key: document.key, documentHash: hash });
    const page = this.kept.get(name) ?? readStandIn(document) ?? parsed(source, document);
    this.kept.delete(name);
    this.kept.set(name, page);
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value!);
    return page;
  }

  /** The documents of answered requests, parsed, in the order of the requests. */
  async read(source: Source, requests: Answered[]): Promise<ReadDocument[]> {
    // Taken before anything is parsed: what is parsed now may push out of the cache what was in it.
    const pages = requests.map((r) => this.kept.get(nameOf(source, r)));
    const bytes = await this.documents.get([
      ...new Set(requests.flatMap((r, i) => (pages[i] ? [] : r.documentHash!))),
    ]);
    const read: ReadDocument[] = [];
    for (const [i, { key, documentHash: hash }] of requests.entries()) {
      // A parser holds the process: between two documents others have their turn.
      if (!pages[i])
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      read.push({ key, page: pages[i] ?? this.parse(source, hash!, { key, ...bytes.get(hash!)! }) });
    }
    return read;
  }

  /** The same of those that can be read: the others are left out. */
  async readable(source: Source, requests: Answered[]): Promise<ReadDocument[]> {
    const each = await Promise.all(requests.map((r) => this.read(source, [r]).catch(() => [])));
    return each.flat();
  }
}

/**
 * What a parser did not foresee is a form that it does not know: only so it is told from what fails on our
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
