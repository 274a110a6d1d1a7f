import type { EntityManager } from 'typeorm';
import type { Knowledge } from '../domain/alarm-words.js';

/** What is known of a source; implemented by the harvest. */
export abstract class SourceKnowledge {
  /** As seen by the transaction, which may just have changed it. */
  abstract known(sourceId: string, tx: EntityManager): Promise<Knowledge>;
}
