import type { Clock } from '../../src/domain/ports.js';

/** A clock that goes on by itself and is set and moved by the test. */
export class TestClock implements Clock {
  private offsetMs = 0;

  constructor(startsAt: string) {
    this.set(startsAt);
  }

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  set(at: string | Date): void {
    this.offsetMs = new Date(at).getTime() - Date.now();
  }

  move(by: { days?: number; hours?: number; minutes?: number }): void {
    this.offsetMs += (((by.days ?? 0) * 24 + (by.hours ?? 0)) * 60 + (by.minutes ?? 0)) * 60_000;
  }
}
