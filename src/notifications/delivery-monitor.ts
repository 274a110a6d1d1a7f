import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../kernel/ports.js';
import { deliverySubject } from '../monitoring/domain/alarm-words.js';
import { AlarmRepository } from '../monitoring/store/alarm.repository.js';
import { HeldSending } from '../outbox/store/sending.js';
import type { Settings } from '../platform/config/settings.js';
import { Watches, type DueCheck } from '../platform/schedule/ticker.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import type { Channel } from './domain/delivery/channel.js';
import { judgeDelivery } from './domain/delivery/delivery-health.js';
import { DeliveryHealthRepository } from './store/delivery.repository.js';
import { CHANNELS } from './channel-registry.js';
import type { NextJob } from '../platform/queue/job.js';

/** Checks whether the messages of each channel arrive. */
@Watches({ round: 'state' })
@Injectable()
export class DeliveryMonitor implements DueCheck {
  private readonly started = performance.now();

  constructor(
    private readonly health: DeliveryHealthRepository,
    private readonly sending: HeldSending,
    private readonly alarms: AlarmRepository,
    @Inject(CHANNELS) private readonly channels: Channel[],
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    // What failed before everything was off is tried again first, and a restored copy tries nothing.
    if (performance.now() - this.started < this.settings.monitoring.graceSeconds * 1_000) return [];
    if (await this.sending.held()) return [];
    const now = this.clock.now();
    for (const facts of await this.health.facts(
      this.channels.map((c) => c.id),
      now,
    )) {
      const { offer } = this.channels.find((c) => c.id === facts.channel)!;
      // E-mails pass the operator's server; a web address has one of its own.
      const judged = judgeDelivery(facts, offer === null, now);
      await this.alarms.observe({ subject: deliverySubject(facts.channel), ...judged, now });
    }
    return [];
  }
}
