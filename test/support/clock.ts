import type { Clock } from '../../src/kernel/ports.js';

/** A clock that stands still until the test sets or moves it. */
export class TestClock implements Clock {
  private at: number;

  constructor(startsAt: string) {
    this.at = Date.parse(startsAt);
  }

  now(): Date {
    return new Date(this.at);
  }

  set(at: string | Date): void {
    this.at = new Date(at).getTime();
  }

  move(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): void {
    this.at +=
      (((by.days ?? 0) * 24 + (by.hours ?? 0)) * 60 + (by.minutes ?? 0)) * 60_000 + (by.seconds ?? 0) * 1_000;
  }
}
