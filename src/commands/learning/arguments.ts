import { parseArgs, type ParseArgsConfig } from 'node:util';
import { ConfigError } from '../../platform/config/config-error.js';

/** Parses a command's options; throws a ConfigError with the usage if one is unknown or lacks its value. */
export function valuesOf<T extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: T,
  usage: string,
): { [K in keyof T]?: T[K]['type'] extends 'boolean' ? boolean : string } {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new ConfigError([`${(error as Error).message} Fix: ${usage}`]);
  }
}
