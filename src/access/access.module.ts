import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { Account } from './account.js';
import { AdminToken } from './admin-token.js';
import { SecurityTxtController } from './api/security-txt.controller.js';
import { CoordinatorsController } from './api/coordinators.controller.js';
import { RequestCredentials } from './credentials.js';
import { Departures } from './departure/departures.js';
import { LeaveProcessor } from './departure/leave.processor.js';
import { LeavingDue } from './departure/leaving-due.js';
import { FirstStart } from './first-start.js';
import { InstituteOverview } from './api/institute-overview.js';
import { Institutes } from './institutes.js';
import { AskContactsProcessor } from './contact/ask-contacts.processor.js';
import { InstitutesController } from './api/institutes.controller.js';
import { Keys } from './keys.js';
import { MeController } from './api/me.controller.js';
import { MyKeysController } from './api/my-keys.controller.js';
import { NetworkKeysController } from './api/network-keys.controller.js';
import { NewInstitute } from './new-institute.js';
import { PasskeyStep } from './passkeys/passkey-step.js';
import { Passkeys } from './passkeys/passkeys.js';
import { SecondFactor } from './passkeys/second-factor.js';
import { PeopleController } from './api/people.controller.js';
import { ServiceKeysController } from './api/service-keys.controller.js';
import { SessionCookie, SignOnCookie } from './session-cookie.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';
import { SignOn } from './sign-on/sign-on.js';
import { SignInLinks } from './sign-in-links.js';
import { Team } from './team.js';

const USED_ELSEWHERE = [
  Account,
  AdminToken,
  AskContactsProcessor,
  FirstStart,
  InstituteOverview,
  Institutes,
  Keys,
  LeaveProcessor,
  LeavingDue,
  NewInstitute,
  Passkeys,
  PasskeyStep,
  RequestCredentials,
  SecondFactor,
  SessionCookie,
  Sessions,
  SignIn,
  SignOn,
  SignOnCookie,
  Team,
];

/** Authentication, sign-in and institute membership. */
@Module({
  imports: [AuditModule],
  controllers: [
    CoordinatorsController,
    InstitutesController,
    MeController,
    MyKeysController,
    NetworkKeysController,
    PeopleController,
    SecurityTxtController,
    ServiceKeysController,
  ],
  providers: [...USED_ELSEWHERE, Departures, SignInLinks],
  exports: USED_ELSEWHERE,
})
export class AccessModule {}
