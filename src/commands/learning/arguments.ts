import { parseArgs, type ParseArgsConfig } from 'node:util';
import { ConfigError } from '../../platform/config/config-error.js';

/**
 * The values of a command's options; a ConfigError with the usage where one is unknown or without its value.
 */
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
