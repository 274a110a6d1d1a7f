import { Inject, Injectable } from '@nestjs/common';
import type { CallContent } from '../calls/domain/call-content.js';
import { ownIdentifier, editionBy, otherYears, titleWords } from '../calls/domain/related-calls.js';
import { CallNeighbours, type Neighbour } from '../calls/store/call-neighbours.repository.js';
import type { Clock } from '../kernel/ports.js';
import { CLOCK } from '../platform/tokens.js';
import type { Lineage, RelatedTopic } from './domain/won-project.js';
import { WonProjectRepository } from './store/won-project.repository.js';

interface Origin {
  id: string;
  content: CallContent;
}

/**
 * The topics that a call continues or is close to: its own, earlier editions by identifier and by title, and
 * those whose titles have the words that distinguish its text.
 */
@Injectable()
export class RelatedTopics {
  constructor(
    private readonly neighbours: CallNeighbours,
    private readonly won: WonProjectRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns those that have projects, each once, the nearest first. `others` are the call's editions. */
  async withProjects(call: Origin, others: readonly Neighbour[]): Promise<RelatedTopic[]> {
    const identifier = ownIdentifier(call.content);
    const { title } = call.content;
    const own = { identifier, title };
    const words = call.content.kind === 'cascade' ? [] : titleWords(title);
    const editions = titlesOf(others);
    const years = identifier === null ? [] : [identifier, ...otherYears(identifier)];
    const [named, titled, near] = await Promise.all([
      this.won.topics([...years, ...editions.keys()]),
      words.length ? this.won.titled(words.join(' ')) : [],
      this.neighbours.distinctiveWords(call.id).then((found) => this.won.near(found)),
    ]);
    const found = new Map<string, RelatedTopic>();
    const add = (topic: { code: string; title: string | null }, lineage: Lineage | null): void => {
      const key = topic.code.toLowerCase();
      if (lineage !== null && !found.has(key)) found.set(key, { ...topic, lineage });
    };
    for (const topic of named)
      add(topic, topic.code.toLowerCase() === identifier?.toLowerCase() ? 'own' : null);
    // Each work programme gives out its numbers anew: without a title nothing says that it is the same topic.
    for (const { code, title: stated } of [...named, ...titled]) {
      const theirs = stated ?? editions.get(code.toLowerCase()) ?? null;
      if (theirs !== null) add({ code, title: theirs }, editionBy(own, { identifier: code, title: theirs }));
    }
    for (const topic of near) add(topic, 'text');
    return [...found.values()];
  }

  /** Returns all that may have projects, so as to ask for them: also those that none is known of. */
  async identifiers(call: Origin): Promise<string[]> {
    const identifier = ownIdentifier(call.content);
    const editions = await this.neighbours.editions(call);
    const [known, over] = await Promise.all([
      this.withProjects(call, editions),
      this.neighbours.similar(call, this.clock.now(), 'over'),
    ]);
    return [
      ...new Set([
        ...(identifier === null ? [] : [identifier, ...otherYears(identifier)]),
        ...known.map((topic) => topic.code),
        ...[...editions, ...over].flatMap(({ content }) => ownIdentifier(content) ?? []),
      ]),
    ];
  }
}

/** The titles of the editions that we have, by identifier in lower case. */
const titlesOf = (editions: readonly Neighbour[]): Map<string, string> =>
  new Map(
    editions.flatMap(({ content }) => {
      const identifier = ownIdentifier(content);
      return identifier === null ? [] : [[identifier.toLowerCase(), content.title] as const];
    }),
  );
