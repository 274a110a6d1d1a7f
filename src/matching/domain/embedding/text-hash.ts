import { createHash } from 'node:crypto';
import type { EmbeddedText } from '../../../kernel/ports.js';

/**
 * Returns a text's key among vectors (SHA-256 hex): texts that a model can tell apart have different keys.
 */
export const textHash = ({ kind, language, text }: EmbeddedText): string =>
  createHash('sha256').update(`${kind} ${language} ${text}`).digest('hex');
