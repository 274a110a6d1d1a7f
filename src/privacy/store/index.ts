export { PersonalDataRepository, type PersonalData, type Whose } from './personal-data.repository.js';
export { daysBefore, RetentionRepository, type Removed } from './retention.repository.js';
