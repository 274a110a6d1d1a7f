import type { Sender } from './message.js';

/** `Name <address>` or an address alone, as the environment's schema has let it pass. */
export function senderOf(text: string): Sender {
  const [, name, address] = /^\s*(.*?)\s*<([^<>]+)>\s*$/u.exec(text) ?? [null, '', text.trim()];
  // A quoted name says its quotes and backslashes behind a backslash (RFC 5322, 3.2.4).
  const plain = /^".*"$/s.test(name) ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name;
  return { name: plain || null, address };
}
