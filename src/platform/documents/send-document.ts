import type { Response } from 'express';
import { z } from 'zod';
import type { Document } from '../../kernel/document.js';
import { writeDocx } from './docx.js';
import { writePdf } from './pdf.js';

export const DocumentFormat = z.enum(['docx', 'pdf'], 'is not a document format; use docx or pdf');
export type DocumentFormat = z.infer<typeof DocumentFormat>;

const TYPES: Record<DocumentFormat, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

export const DOCUMENT_TYPES = Object.values(TYPES);

/** Sends a document as a download. */
export async function sendDocument(
  response: Response,
  name: string,
  format: DocumentFormat,
  document: Document,
): Promise<void> {
  const bytes = format === 'docx' ? await writeDocx(document) : await writePdf(document);
  const safe = name.replace(/[^\w.-]+/g, '-').slice(0, 100);
  response.setHeader('Content-Disposition', `attachment; filename="${safe}.${format}"`);
  response.type(TYPES[format]).send(bytes);
}
