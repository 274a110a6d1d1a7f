import { hash } from 'node:crypto';

type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json };

/** Returns JSON with sorted object keys, so that equal values give equal text. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const keys = Object.keys(value)
    .filter((k) => value[k] !== undefined)
    .sort();
  return `{${keys.map((k) => `${JSON.stringify(k)}:${canonicalJson(value[k])}`).join(',')}}`;
}

/** SHA-256, hex. */
export const sha256 = (bytes: string | Uint8Array): string => hash('sha256', bytes);
