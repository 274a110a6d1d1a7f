const MINUTE = 60_000;

/** The pause after a run that said nothing of its source. */
export const SOON_MS = 5 * MINUTE;

/** The pause after a run that brought nothing: five minutes, doubled with each in a row, twelve hours at the most. */
export const pauseMs = (failures: number): number => Math.min(SOON_MS * 2 ** failures, 12 * 60 * MINUTE);
