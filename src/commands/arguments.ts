import { parseArgs, type ParseArgsConfig } from 'node:util';
import { ConfigError } from '../platform/config/config-error.js';

/** Reads a command's arguments; throws a ConfigError with the usage if one is unknown or lacks its value. */
export function readArguments<T extends ParseArgsConfig>(
  config: T,
  usage: string,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new ConfigError([`${(error as Error).message} Fix: ${usage}`]);
  }
}
