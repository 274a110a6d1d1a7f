import { Inject, Injectable, Logger } from '@nestjs/common';
import { MINUTE_MS } from '../kernel/durations.js';
import type { NextJob } from '../platform/queue/job.js';
import type { Clock } from '../kernel/ports.js';
import { SettingRepository } from '../platform/database/setting.repository.js';
import type { HeartbeatAddress } from '../platform/http/heartbeat-address.js';
import { Watches, type DueCheck } from '../platform/schedule/ticker.js';
import { CLOCK, HEARTBEAT } from '../platform/tokens.js';
import { hinders } from './domain/alarm-words.js';
import { Monitored } from './monitored.js';
import { ServiceCheck } from './service-monitors.js';
import { AlarmRepository } from './store/alarm.repository.js';

const TURN = 'heartbeat';
/** Processes look every ten seconds: this makes it about every minute, whichever of them does it. */
const TURN_SECONDS = 55;
/** A restart of a server takes less. */
const PATIENCE_MS = MINUTE_MS;

/**
 * Tells the service behind HEARTBEAT_URL every minute whether all is well, so that silence, too, is an alarm.
 * One process does it for all; where the database is away nobody can say whose turn it is, and each does.
 */
@Watches({ round: 'heartbeat' })
@Injectable()
export class Heartbeat implements DueCheck {
  private readonly log = new Logger('Heartbeat');
  private silentSince: Date | null = null;
  private toldAlone: Date | null = null;
  private lost = false;

  constructor(
    private readonly services: ServiceCheck,
    private readonly monitored: Monitored,
    private readonly alarms: AlarmRepository,
    private readonly settings: SettingRepository,
    @Inject(HEARTBEAT) private readonly address: HeartbeatAddress | null,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    if (!this.address) return [];
    const { silent, held } = await this.services.look();
    const now = this.clock.now();
    this.silentSince = silent.length ? (this.silentSince ?? now) : null;
    // The original installation may still be running, and its silence must be heard.
    if (held || !this.isCertain(now)) return [];
    if (!(silent.includes('the database') ? this.isDueAlone(now) : await this.isOurTurn())) return [];
    await this.tell(
      this.address,
      silent.length ? silent.map((name) => `${name} does not respond`) : await this.trouble(),
    );
    return [];
  }

  private isCertain(now: Date): boolean {
    return this.silentSince === null || now.getTime() - this.silentSince.getTime() >= PATIENCE_MS;
  }

  private isDueAlone(now: Date): boolean {
    if (this.toldAlone && Math.abs(now.getTime() - this.toldAlone.getTime()) < TURN_SECONDS * 1_000)
      return false;
    this.toldAlone = now;
    return true;
  }

  private isOurTurn(): Promise<boolean> {
    return this.settings.takeTurn(TURN, TURN_SECONDS);
  }

  /** Returns what is in trouble and not acknowledged. Reasons stay here: they may name people. */
  private async trouble(): Promise<string[]> {
    const monitors = await this.alarms.monitorsOf(this.monitored.subjects);
    return [...monitors.values()]
      .filter(({ state, acknowledgedAt }) => hinders(state) && acknowledgedAt === null)
      .map(({ subject, state }) => `${this.monitored.nameOf(subject)}: ${state}`)
      .sort();
  }

  /** Logs a failure once until the service is reached again. */
  private async tell(address: HeartbeatAddress, trouble: string[]): Promise<void> {
    const failure = await address.report(trouble);
    if (failure !== null && !this.lost) this.log.warn(failure);
    if (failure === null && this.lost) this.log.log('the service in HEARTBEAT_URL is reached again');
    this.lost = failure !== null;
  }
}
