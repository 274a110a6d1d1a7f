import { accessSync, constants } from 'node:fs';

/**
 * Debian's paths. The first is the same engine without the surrounding program, and takes half the CPU time.
 */
const PROGRAMS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

function installed(program) {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const chosen = process.env.CHROMIUM_PATH ?? PROGRAMS.find(installed);
/** The browser of tests and benchmarks; undefined if there is none. */
export const CHROMIUM = chosen && installed(chosen) ? chosen : undefined;
export const NO_CHROMIUM = `no Chromium at ${chosen ?? PROGRAMS.join(' or ')}: install Debian's "chromium-headless-shell" or "chromium", or name one in CHROMIUM_PATH`;
