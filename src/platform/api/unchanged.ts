import type { Response } from 'express';
import { sha256 } from '../../kernel/hash.js';

/** Returns the ETag of an answer that is sent as this text. */
export const tagOfText = (text: string): string => `"${sha256(text).slice(0, 32)}"`;

/**
 * Sets the headers of what a program reads at a secret address; answers 304 if it already has it, and returns
 * whether it did. Only one client may cache it, and must revalidate each time, so that an unchanged answer
 * costs a few bytes. Its address is not passed on.
 */
export function answeredUnchanged(response: Response, tag: string): boolean {
  response
    .setHeader('Cache-Control', 'private, no-cache')
    .setHeader('ETag', tag)
    .setHeader('X-Robots-Tag', 'noindex')
    .setHeader('Referrer-Policy', 'no-referrer');
  // Express would send all again to programs that ask by `fetch`, which adds "no-cache" to their question.
  const known = response.req.headers['if-none-match']?.split(',') ?? [];
  // A compressing proxy makes the tag a weak one.
  if (!known.some((one) => one.trim().replace(/^W\//, '') === tag)) return false;
  response.status(304).end();
  return true;
}
