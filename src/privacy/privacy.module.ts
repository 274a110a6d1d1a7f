import { Global, Module } from '@nestjs/common';
import { PersonalDataController } from './api/personal-data.controller.js';
import { DeleteExpiredJob } from './delete-expired.job.js';
import { PersonalDataPages } from './pages/personal-data.controller.js';
import { PrivacyPages } from './pages/privacy.controller.js';
import { Personal } from './personal.js';
import { ErasureRepository, PersonalDataRepository } from './store/erasure.repository.js';
import { RetentionRepository } from './store/retention.repository.js';

const STORES = [ErasureRepository, PersonalDataRepository, RetentionRepository];
const SERVICES = [Personal];
const JOBS = [DeleteExpiredJob];

@Global()
@Module({
  controllers: [PersonalDataController, PersonalDataPages, PrivacyPages],
  providers: [...STORES, ...SERVICES, ...JOBS],
  exports: [...STORES, ...SERVICES],
})
export class PrivacyModule {}
