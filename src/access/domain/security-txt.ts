import { dayAfter } from '../../kernel/lifetimes.js';

/**
 * Less than a year (RFC 9116, 2.5.5). Regenerated on every read, so it never expires while the server runs.
 */
const GOOD_DAYS = 180;

/** `/.well-known/security.txt` (RFC 9116). */
export function securityTxt(
  { contact, publicUrl }: { contact: string; publicUrl: string },
  now: Date,
): string {
  const expires = dayAfter(now, GOOD_DAYS)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z');
  const fields = [
    ['Contact', contact],
    ['Expires', expires],
    ['Preferred-Languages', 'fr, en'],
    ['Canonical', `${publicUrl}/.well-known/security.txt`],
  ];
  return fields.map(([name, value]) => `${name}: ${value}\n`).join('');
}
