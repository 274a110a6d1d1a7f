import { createHash } from 'node:crypto';
import type { EmbeddedText } from '../../../kernel/ports.js';

/**
 * What a text is known by among vectors (SHA-256, hexadecimal): two that a model could tell apart have two.
 */
export const textHash = ({ kind, language, text }: EmbeddedText): string =>
  createHash('sha256').update(`${kind} ${language} ${text}`).digest('hex');
