import { SetMetadata } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { Invalid } from '../../kernel/errors.js';
import { wrong } from '../../kernel/issues.js';
import type { Language } from '../../kernel/language.js';
import type { AuthenticatedRequest } from '../../platform/access/rule.js';
import type { ToolHead } from '../../platform/mcp/mcp-server.js';
import { acceptedLanguage } from '../../platform/api/accepted.js';
import type { AnswerReader } from './call-answer.js';

export const TOOL = 'carnot-europe:mcp-tool';

/** A method that assistants may call; goes with a rule. */
export const Tool = (head: ToolHead): MethodDecorator => SetMetadata(TOOL, head);

/** What a tool answers, as JSON. */
export type ToolAnswer = { found: boolean } & Record<string, unknown>;

/** The request as guards and interceptors see it: at the institute that the tool is asked about, if any. */
export interface ToolRequest extends AuthenticatedRequest {
  actor: Actor;
  params: { institute: string };
}

/** The language of sentences: the person's own, or what the client asks for. */
export const languageOf = (request: AuthenticatedRequest): Language =>
  request.actor?.language ?? acceptedLanguage(request);

/** Returns who reads the answer. `institute`: whose pages of calls it links to; null: the network's. */
export function readerOf(
  request: AuthenticatedRequest,
  publicUrl: string,
  institute: string | null,
): AnswerReader {
  const home = institute === null ? publicUrl : `${publicUrl}/institutes/${institute}`;
  return { language: languageOf(request), page: (id) => `${home}/calls/${id}` };
}

/** Answers stay short: an assistant asks again for more. */
const [FEW, MOST] = [10, 25];
export const Limit = z.int().min(1).max(MOST).default(FEW).describe('how many are returned at most');
export const CallNamed = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .describe('the id of a call, its topic identifier, its address or its full title');
export const Institute = z
  .string()
  .max(100)
  .optional()
  .describe('the id of an institute: for keys of the network, which have none of their own');

/** Returns the institute that a tool is asked about. Throws if neither the key nor the question names one. */
export function instituteOf({ params: { institute } }: ToolRequest): string {
  if (institute === '') throw new Invalid([wrong(['institute'], 'required')]);
  return institute;
}
