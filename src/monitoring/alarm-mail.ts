import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../kernel/ports.js';
import type { AlarmNews } from './domain/alarm-mail.js';
import { sourceSubject } from './domain/subject.js';
import type { AlarmEntity } from './store/alarm.entity.js';
import { SourceKnowledge } from './store/source-knowledge.js';
import type { Environment } from '../platform/config/environment.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { Monitored } from './monitored.js';

/** Puts together what is told of an alarm. */
@Injectable()
export class AlarmMail {
  constructor(
    private readonly monitored: Monitored,
    private readonly sources: SourceKnowledge,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async news({
    id,
    subject,
    previous,
    state,
    reason,
    raisedAt,
    troubleSince,
  }: AlarmEntity): Promise<AlarmNews> {
    const sourceId = this.monitored.sourceOf(subject);
    return {
      id,
      name: this.monitored.nameOf(subject),
      sourceId,
      previous,
      state,
      reason,
      raisedAt,
      troubleSince,
      knowledge:
        sourceId !== null && subject === sourceSubject(sourceId) ? await this.sources.known(sourceId) : null,
      publicUrl: this.env.PUBLIC_URL,
      now: this.clock.now(),
    };
  }
}
