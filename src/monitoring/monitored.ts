import { Inject, Injectable } from '@nestjs/common';
import { checkSubject, queueSubject, sourceOf, sourceSubject, WORKERS } from './domain/subject.js';
import { Queues } from '../platform/queue/queues.js';
import { SOURCE_NAMES } from '../platform/tokens.js';

/** The monitored subjects: enabled sources, the queues, and whether any worker runs. */
@Injectable()
export class Monitored {
  readonly subjects: string[];
  private readonly names: Map<string, string>;

  constructor(
    @Inject(SOURCE_NAMES) readonly sources: ReadonlyMap<string, string>,
    queues: Queues,
  ) {
    this.names = new Map([
      ...[...sources].map(([id, name]): [string, string] => [sourceSubject(id), name]),
      ...[...sources].map(([id, name]): [string, string] => [checkSubject(id), `The form of ${name}`]),
      ...queues.names.map((name): [string, string] => [queueSubject(name), `Queue ${name}`]),
      [WORKERS, 'The background work'],
    ]);
    this.subjects = [...this.names.keys()];
  }

  /** Returns the readable name; a source that has since been disabled keeps its id. */
  nameOf(subject: string): string {
    return this.names.get(subject) ?? subject;
  }

  /** Returns the id of the source that a subject is about; null for other subjects. */
  sourceOf(subject: string): string | null {
    const check = checkSubject('');
    return subject.startsWith(check) ? subject.slice(check.length) : sourceOf(subject);
  }
}
