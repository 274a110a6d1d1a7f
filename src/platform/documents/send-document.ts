import type { Response } from 'express';
import { z } from 'zod';
import { issue } from '../../kernel/issues.js';
import type { Document } from '../../kernel/document.js';
import { writeDocx } from './word.js';
import { writePdf } from './pdf.js';
import { oneLine, shortened } from '../../kernel/one-line.js';

export const DocumentFormat = z.enum(['docx', 'pdf'], issue('document-format'));
export type DocumentFormat = z.infer<typeof DocumentFormat>;

const TYPES: Record<DocumentFormat, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

const LONGEST_NAME = 100;

/** The name as written, without what file systems refuse; how it is sent is for `attachment` (RFC 6266). */
const fileNameOf = (name: string): string =>
  shortened(oneLine(name).replace(/[\\/:*?"<>|]+/g, '-'), LONGEST_NAME);

export async function sendDocument(
  response: Response,
  name: string,
  format: DocumentFormat,
  document: Document,
): Promise<void> {
  const bytes = format === 'docx' ? await writeDocx(document) : await writePdf(document);
  response.attachment(`${fileNameOf(name)}.${format}`);
  response.type(TYPES[format]).send(bytes);
}
