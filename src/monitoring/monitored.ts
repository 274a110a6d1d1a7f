import { Inject, Injectable } from '@nestjs/common';
import {
  BACKUP,
  checkSubject,
  DATABASE,
  deliverySubject,
  diskSubject,
  queueSubject,
  sourceOf,
  sourceSubject,
  WORKERS,
} from './domain/alarm-words.js';
import type { Message } from '../i18n/message.js';
import { sayIn, translateTo } from '../i18n/translate.js';
import type { Language } from '../kernel/language.js';
import { Queues } from '../platform/queue/job.js';
import { CHANNEL_NAMES, SOURCE_NAMES } from '../platform/tokens.js';

/** The monitored subjects: enabled sources, queues, channels, disks, database, backups and workers. */
@Injectable()
export class Monitored {
  readonly subjects: string[];
  private readonly names: Map<string, string>;

  constructor(
    @Inject(SOURCE_NAMES) readonly sources: ReadonlyMap<string, Message>,
    @Inject(CHANNEL_NAMES) private readonly channels: ReadonlyMap<string, Message>,
    private readonly queues: Queues,
  ) {
    this.names = new Map([
      ...[...sources].map(([id, { en }]): [string, string] => [sourceSubject(id), en]),
      ...[...sources].map(([id, { en }]): [string, string] => [checkSubject(id), `The form of ${en}`]),
      ...queues.names.map((name): [string, string] => [queueSubject(name), `Queue ${name}`]),
      ...[...channels].map(([id, { en }]): [string, string] => [deliverySubject(id), `Delivery (${en})`]),
      [diskSubject('data'), 'The disk of DATA_DIR'],
      [diskSubject('database'), 'The disk of the database'],
      [DATABASE, 'The database'],
      [BACKUP, 'The backup'],
      [WORKERS, 'The background work'],
    ]);
    this.subjects = [...this.names.keys()];
  }

  /** Returns the readable name; a source that has since been disabled keeps its id. */
  nameOf(subject: string): string {
    return this.names.get(subject) ?? subject;
  }

  /** Returns the names of all subjects as pages show them. */
  namesIn(language: Language): ReadonlyMap<string, string> {
    const t = translateTo(language);
    return new Map([
      ...[...this.sources].flatMap(([id, names]): [string, string][] => {
        const name = sayIn(language, names);
        return [
          [sourceSubject(id), name],
          [checkSubject(id), t('sources.check-of', { name })],
        ];
      }),
      ...this.queues.names.map((name): [string, string] => [
        queueSubject(name),
        t('sources.queue', { name }),
      ]),
      ...[...this.channels].map(([id, name]): [string, string] => [
        deliverySubject(id),
        t('sources.delivery', { name: sayIn(language, name) }),
      ]),
      [diskSubject('data'), t('sources.disk.data')],
      [diskSubject('database'), t('sources.disk.database')],
      [DATABASE, t('sources.database')],
      [BACKUP, t('sources.backup')],
      [WORKERS, t('sources.workers')],
    ]);
  }

  /** Returns the id of the source that a subject is about; null for other subjects. */
  sourceOf(subject: string): string | null {
    const check = checkSubject('');
    return subject.startsWith(check) ? subject.slice(check.length) : sourceOf(subject);
  }
}
