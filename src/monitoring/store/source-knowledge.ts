import type { EntityManager } from 'typeorm';
import type { Knowledge } from '../domain/alarm-words.js';

/** What is known of a source; kept by the harvest. */
export abstract class SourceKnowledge {
  /** As the transaction sees it that may just have changed it. */
  abstract known(sourceId: string, tx: EntityManager): Promise<Knowledge>;
}
