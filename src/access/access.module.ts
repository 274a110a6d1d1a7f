import { Global, Module } from '@nestjs/common';
import { Account } from './account.js';
import { AdminToken } from './admin-token.js';
import { CoordinatorsController } from './api/coordinators.controller.js';
import { InstituteOverview } from './api/institute-overview.js';
import { InstitutesController } from './api/institutes.controller.js';
import { MeController } from './api/me.controller.js';
import { MyKeysController, NetworkKeysController, ServiceKeysController } from './api/keys.controller.js';
import { PeopleController } from './api/people.controller.js';
import { SecurityTxtController } from './api/security-txt.controller.js';
import { AskContactsJob } from './contact/ask-contacts.job.js';
import { RequestCredentials } from './credentials.js';
import { Departures } from './departure/departures.js';
import { LeaveJob } from './departure/leave.job.js';
import { FirstStart } from './first-start.js';
import { Institutes } from './institutes.js';
import { Keys } from './keys.js';
import { NewInstitute } from './new-institute.js';
import { AccountPages } from './pages/account/account.controller.js';
import { CoordinatorsPages } from './pages/institutes/coordinators.controller.js';
import { InstitutesPages } from './pages/institutes/institutes.controller.js';
import { PasskeyPages } from './pages/passkeys/passkey.controller.js';
import { ConfirmPages, FromMailPages, HomePages } from './pages/sign-in/from-mail.controller.js';
import { SignInPages } from './pages/sign-in/sign-in.controller.js';
import { SignOnPages } from './pages/sign-in/sign-on.controller.js';
import { TeamPages } from './pages/team/team.controller.js';
import { PasskeyStep } from './passkeys/passkey-step.js';
import { Passkeys } from './passkeys/passkeys.js';
import { SecondFactor } from './passkeys/second-factor.js';
import { SessionCookie, SignOnCookie } from './session-cookie.js';
import { Sessions } from './sessions.js';
import { SignInLinks } from './sign-in-links.js';
import { SignIn } from './sign-in.js';
import { SignOn } from './sign-on/sign-on.js';
import { ApiKeyRepository } from './store/api-key.repository.js';
import { IdentityRepository } from './store/identity.repository.js';
import { InstituteRepository } from './store/institute.repository.js';
import { PasskeyRepository } from './store/passkey.repository.js';
import { PersonRepository } from './store/person.repository.js';
import { SessionRepository } from './store/session.repository.js';
import { SignInLinkRepository } from './store/messages-of-person.js';
import { Team } from './team.js';

const STORES = [
  ApiKeyRepository,
  IdentityRepository,
  InstituteRepository,
  PasskeyRepository,
  PersonRepository,
  SessionRepository,
  SignInLinkRepository,
];
const SERVICES = [
  Account,
  AdminToken,
  Departures,
  FirstStart,
  InstituteOverview,
  Institutes,
  Keys,
  NewInstitute,
  PasskeyStep,
  Passkeys,
  RequestCredentials,
  SecondFactor,
  SessionCookie,
  Sessions,
  SignIn,
  SignInLinks,
  SignOn,
  SignOnCookie,
  Team,
];
const JOBS = [AskContactsJob, LeaveJob];

/** Authentication, sign-in and institute membership. */
@Global()
@Module({
  controllers: [
    CoordinatorsController,
    InstitutesController,
    MeController,
    MyKeysController,
    NetworkKeysController,
    PeopleController,
    SecurityTxtController,
    ServiceKeysController,
    AccountPages,
    ConfirmPages,
    FromMailPages,
    PasskeyPages,
    CoordinatorsPages,
    HomePages,
    InstitutesPages,
    SignInPages,
    SignOnPages,
    TeamPages,
  ],
  providers: [...STORES, ...SERVICES, ...JOBS],
  exports: [...STORES, ...SERVICES],
})
export class AccessModule {}
