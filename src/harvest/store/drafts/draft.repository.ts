import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { documentKey } from '../../domain/drafts/committee-document.js';
import { CommitteeDocumentEntity } from './committee-document.entity.js';
import { DraftTopicEntity } from './draft-topic.entity.js';
import { PUBLISHED_TOPICS, publishedParameters, type PublishedTopic } from './draft-writer.js';

/** Documents of committees, and the topics of drafts. */
@Injectable()
export class DraftRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns when each document was updated whose files have been read, by key. */
  async known(): Promise<Map<string, string>> {
    const rows = await this.database
      .getRepository(CommitteeDocumentEntity)
      .find({ select: { reference: true, version: true, readAsOf: true } });
    return new Map(rows.flatMap((r) => (r.readAsOf === null ? [] : [[documentKey(r), r.readAsOf]])));
  }

  /** Returns all documents, oldest first. */
  documents(): Promise<CommitteeDocumentEntity[]> {
    return this.database
      .getRepository(CommitteeDocumentEntity)
      .find({ order: { firstSeenAt: 'ASC', reference: 'ASC', version: 'ASC' } });
  }

  /** Returns the topics of all drafts. */
  topics(): Promise<DraftTopicEntity[]> {
    return this.database
      .getRepository(DraftTopicEntity)
      .find({ order: { reference: 'ASC', version: 'ASC', identifier: 'ASC' } });
  }

  /** Returns the published topics that these drafts are about: the same ones, and others of their calls. */
  published(topics: readonly Pick<DraftTopicEntity, 'content'>[]): Promise<PublishedTopic[]> {
    return this.database.query(PUBLISHED_TOPICS, publishedParameters(topics));
  }
}
