import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { DueCheck } from '../schedule/ticker.js';
import { type Job, type JobDefinition, jobsByName, type RunnableJob, Runs } from './job.js';

const findsItsWork = (runs: Job<JobDefinition>): runs is Job<JobDefinition> & DueCheck => 'due' in runs;

/** All jobs of the program, found by their decorator. It does not start if one of them is missing. */
@Injectable()
export class Jobs implements OnModuleInit {
  private found: Map<string, RunnableJob> | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    this.byName();
  }

  byName(): ReadonlyMap<string, RunnableJob> {
    this.found ??= jobsByName(
      this.discovery.getProviders({ metadataKey: Runs.KEY }).map((wrapper) => ({
        definition: this.discovery.getMetadataByDecorator(Runs, wrapper)!,
        runs: wrapper.instance as Job<JobDefinition>,
      })),
    );
    return this.found;
  }

  /** Returns those that find their own work, as checks for the ticker. */
  due(): DueCheck[] {
    return [...this.byName().values()].map(({ runs }) => runs).filter(findsItsWork);
  }
}
