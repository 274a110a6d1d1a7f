import type { Knowledge } from '../domain/alarm-words.js';

/** What is known of a source; kept by the harvest. */
export abstract class SourceKnowledge {
  abstract known(sourceId: string): Promise<Knowledge>;
}
