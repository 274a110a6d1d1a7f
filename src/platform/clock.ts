import type { Clock } from '../kernel/ports.js';

/** The system clock, shifted so that it shows `startsAt` when the program starts. */
export class SystemClock implements Clock {
  private readonly offsetMs: number;

  constructor(startsAt?: string) {
    this.offsetMs = startsAt ? Date.parse(startsAt) - Date.now() : 0;
  }

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }
}
