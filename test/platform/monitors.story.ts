import { Injectable } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { Monitors, Watches, type DueCheck } from '../../src/platform/schedule/ticker.js';
import { Queues } from '../../src/platform/queue/job.js';

const looked: string[] = [];
abstract class Check implements DueCheck {
  async due(): Promise<[]> {
    looked.push(this.constructor.name);
    return [];
  }
}

@Watches({ round: 'alarms', place: 'last' })
@Injectable()
class Alarms extends Check {}

@Watches({ round: 'alarms' })
@Injectable()
class Disk extends Check {}

@Watches({ round: 'state' })
@Injectable()
class Workers extends Check {}

@Watches({ round: 'state', place: 'first', ofWorkers: true })
@Injectable()
class Pulse extends Check {}

@Watches({ round: 'heartbeat' })
@Injectable()
class Heartbeat extends Check {}

describe('monitoring', () => {
  /** Runs the first round of every ticker; returns the checks of each round, in their order. */
  const rounds = async (works: boolean): Promise<string[][]> => {
    looked.length = 0;
    const app = await NestFactory.createApplicationContext(
      {
        module: class {},
        imports: [DiscoveryModule, ScheduleModule.forRoot()],
        providers: [
          Monitors,
          ...[Alarms, Disk, Workers, Pulse, Heartbeat],
          { provide: Queues, useValue: { add: async () => undefined } },
        ],
      },
      { logger: false },
    );
    const monitors = app.get(Monitors);
    monitors.start({ works, everySeconds: 60 });
    await monitors.stop();
    await app.close();
    return [['Pulse', 'Workers'], ['Disk', 'Alarms'], ['Heartbeat']].map((names) =>
      looked.filter((name) => names.includes(name)),
    );
  };

  it('runs every check that a module provides, the alarms after what may raise them', async () => {
    expect(await rounds(true)).toEqual([['Pulse', 'Workers'], ['Disk', 'Alarms'], ['Heartbeat']]);
  });

  it('gives no sign of life of the workers in a process that only answers requests', async () => {
    expect(await rounds(false)).toEqual([['Workers'], ['Disk', 'Alarms'], ['Heartbeat']]);
  });
});
