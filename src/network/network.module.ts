import { Module } from '@nestjs/common';
import { CallNetworkController } from './api/call-network.controller.js';
import { Groups } from './groups.js';
import { GroupsController } from './api/groups.controller.js';
import { JointBids } from './joint-bids.js';

/** Groups of institutes, and what they could do together. */
@Module({
  controllers: [CallNetworkController, GroupsController],
  providers: [Groups, JointBids],
  exports: [Groups, JointBids],
})
export class NetworkModule {}
