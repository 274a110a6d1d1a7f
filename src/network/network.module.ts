import { Global, Module } from '@nestjs/common';
import { CallNetworkController } from './api/call-network.controller.js';
import { CockpitController } from './api/cockpit.controller.js';
import { GroupsController } from './api/groups.controller.js';
import { InterestController } from './api/interest.controller.js';
import { JointController } from './api/joint.controller.js';
import { Cockpit } from './cockpit.js';
import { Groups } from './groups.js';
import { Interests } from './interests.js';
import { JointBids } from './joint-bids.js';
import { JointOpportunities, OwnBids } from './joint-opportunities.js';
import { JointTeam, Newcomers } from './joint-team.js';
import { OfferMaker } from './offer-maker.js';
import { PackMaker } from './pack-maker.js';
import { GroupPages } from './pages/groups.controller.js';
import { InterestPages } from './pages/interest.controller.js';
import { JointPages } from './pages/joint.controller.js';
import { MatrixPages } from './pages/matrix.controller.js';
import { NetworkJointPages } from './pages/network-joint.controller.js';
import { PaperPages, ReadPaperPages } from './pages/papers.controller.js';
import { ParticipationPages } from './pages/participation.controller.js';
import { Papers, PaperSending } from './papers.js';
import { CockpitRepository } from './store/cockpit.repository.js';
import { InterestNewsRepository } from './store/interest-news.repository.js';
import { InterestRepository } from './store/interest.repository.js';
import { JointOpportunityRepository } from './store/joint-opportunity.repository.js';
import { NetworkRepository } from './store/network.repository.js';
import { PaperRepository } from './store/paper.repository.js';
import { TellInterestJob } from './tell-interest.job.js';

const STORES = [
  CockpitRepository,
  InterestNewsRepository,
  InterestRepository,
  JointOpportunityRepository,
  NetworkRepository,
  PaperRepository,
];
const SERVICES = [
  Cockpit,
  Groups,
  Interests,
  JointBids,
  JointOpportunities,
  JointTeam,
  Newcomers,
  OfferMaker,
  OwnBids,
  PackMaker,
  PaperSending,
  Papers,
];
const JOBS = [TellInterestJob];

/** Groups of institutes, what they share with one another, and what they do together. */
@Global()
@Module({
  controllers: [
    CallNetworkController,
    CockpitController,
    GroupsController,
    InterestController,
    JointController,
    InterestPages,
    JointPages,
    NetworkJointPages,
    GroupPages,
    MatrixPages,
    PaperPages,
    ParticipationPages,
    ReadPaperPages,
  ],
  providers: [...STORES, ...SERVICES, ...JOBS],
  exports: [...STORES, ...SERVICES],
})
export class NetworkModule {}
