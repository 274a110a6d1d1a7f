import { Global, Module } from '@nestjs/common';
import { CallNetworkController } from './api/call-network.controller.js';
import { GroupsController } from './api/groups.controller.js';
import { Groups } from './groups.js';
import { JointBids } from './joint-bids.js';
import { NetworkRepository } from './store/network.repository.js';

const STORES = [NetworkRepository];
const SERVICES = [Groups, JointBids];

/** Groups of institutes, and what they could do together. */
@Global()
@Module({
  controllers: [CallNetworkController, GroupsController],
  providers: [...STORES, ...SERVICES],
  exports: [...STORES, ...SERVICES],
})
export class NetworkModule {}
