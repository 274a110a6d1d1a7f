import { AlarmEntity } from './entities/alarm.entity.js';
import { CallEntity } from './entities/call.entity.js';
import { CallVersionEntity } from './entities/call-version.entity.js';
import { HarvestRequestEntity } from './entities/harvest-request.entity.js';
import { HarvestRunEntity } from './entities/harvest-run.entity.js';
import { MatchEntity } from './entities/match.entity.js';
import { NotificationEntity } from './entities/notification.entity.js';
import { ProfileEntity } from './entities/profile.entity.js';
import { RawDocumentEntity } from './entities/raw-document.entity.js';
import { RecipientEntity } from './entities/recipient.entity.js';
import { SettingEntity } from './entities/setting.entity.js';
import { SightingEntity } from './entities/sighting.entity.js';
import { SourceEntity } from './entities/source.entity.js';
import { ToldEntity } from './entities/told.entity.js';
import { ValidatorEntity } from './entities/validator.entity.js';
import { WatchEntity } from './entities/watch.entity.js';

/** Every table of ours. A glob would work from `dist` but not under the test runner. */
export const ENTITIES = [
  AlarmEntity, CallEntity, CallVersionEntity, HarvestRequestEntity, HarvestRunEntity, MatchEntity, NotificationEntity, ProfileEntity,
  RawDocumentEntity, RecipientEntity, SettingEntity, SightingEntity, SourceEntity, ToldEntity, ValidatorEntity, WatchEntity,
];
