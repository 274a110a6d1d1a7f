import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Environment } from '../platform/config/environment.js';
import { ENVIRONMENT } from '../platform/tokens.js';
import { databaseOptions } from './data-source.js';
import { AlarmOutbox } from './repositories/alarm-outbox.repository.js';
import { AlarmRepository } from './repositories/alarm.repository.js';
import { CallRepository } from './repositories/call.repository.js';
import { CallRewrite } from './repositories/call-rewrite.js';
import { CallStore } from './repositories/call-store.js';
import { ChangeRepository } from './repositories/change.repository.js';
import { DocumentRepository } from './repositories/document.repository.js';
import { EventLog } from './repositories/event-log.repository.js';
import { LetterRepository } from './repositories/letter.repository.js';
import { MatchRepository } from './repositories/match.repository.js';
import { NotificationRepository } from './repositories/notification.repository.js';
import { ProfileRepository } from './repositories/profile.repository.js';
import { RecipientRepository } from './repositories/recipient.repository.js';
import { RunRepository } from './repositories/run.repository.js';
import { SettingRepository } from './repositories/setting.repository.js';
import { SourcePastRepository } from './repositories/source-past.repository.js';
import { SourceRepository } from './repositories/source.repository.js';
import { ValidatorRepository } from './repositories/validator.repository.js';

const REPOSITORIES = [
  AlarmOutbox, AlarmRepository, CallRepository, CallRewrite, CallStore, ChangeRepository, DocumentRepository, EventLog, LetterRepository, MatchRepository, NotificationRepository, ProfileRepository,
  RecipientRepository, RunRepository, SettingRepository, SourcePastRepository, SourceRepository, ValidatorRepository,
];

/** The database and the classes that speak to it. */
@Module({
  imports: [
    TypeOrmModule.forRootAsync({ inject: [ENVIRONMENT], useFactory: (env: Environment) => databaseOptions(env.DATABASE_URL!) }),
  ],
  providers: REPOSITORIES,
  exports: REPOSITORIES,
})
export class DatabaseModule {}
