import { Module } from '@nestjs/common';
import { MatchingModule } from '../matching/matching.module.js';
import { NetworkModule } from '../network/network.module.js';
import { InterestController } from './api/interest.controller.js';
import { JointController } from './api/joint.controller.js';
import { Cockpit } from './cockpit.js';
import { CockpitController } from './api/cockpit.controller.js';
import { PapersController } from './api/papers.controller.js';
import { OfferMaker } from './offer-maker.js';
import { PackMaker } from './pack-maker.js';
import { PaperSending } from './paper-sending.js';
import { Papers } from './papers.js';
import { Interests } from './interests.js';
import { JointOpportunities } from './joint-opportunities.js';
import { JointTeam } from './joint-team.js';
import { Newcomers } from './newcomers.js';
import { OwnBids } from './own-bids.js';
import { TellInterestDue } from './tell-interest-due.js';
import { TellInterestProcessor } from './tell-interest.processor.js';

const SERVICES = [
  Cockpit,
  OfferMaker,
  PackMaker,
  Papers,
  PaperSending,
  Interests,
  JointOpportunities,
  JointTeam,
  Newcomers,
  OwnBids,
  TellInterestDue,
  TellInterestProcessor,
];

/** What institutes share with one another, and do together. */
@Module({
  imports: [MatchingModule, NetworkModule],
  controllers: [CockpitController, InterestController, JointController, PapersController],
  providers: SERVICES,
  exports: SERVICES,
})
export class TogetherModule {}
