import type { Sender } from './message.js';

/** Parses `Name <address>` or an address alone, already validated by the environment's schema. */
export function senderOf(text: string): Sender {
  const whole = text.trim();
  const address = /<([^<>]+)>$/.exec(whole)?.[1];
  if (address === undefined) return { name: null, address: whole };
  const name = whole.slice(0, whole.lastIndexOf('<')).trim();
  // A quoted name escapes quotes and backslashes with a backslash (RFC 5322, 3.2.4).
  const plain = /^".*"$/s.test(name) ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name;
  return { name: plain || null, address };
}
