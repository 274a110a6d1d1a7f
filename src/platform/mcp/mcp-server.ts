import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer, validateOriginHeader } from '@modelcontextprotocol/server';
import type { Request, Response } from 'express';
import type { z } from 'zod';

/** The version of July 2026, without sessions, and the one before. */
const VERSIONS = ['2026-07-28', '2025-11-25'];

/** What is told of a tool. */
export interface ToolHead {
  name: string;
  title: string;
  description: string;
  input: z.ZodObject;
  /** Whether it changes something; whatever it changes can be undone. */
  writes?: true;
}

export interface ToolResult {
  answer: Record<string, unknown>;
  isError: boolean;
}

interface ServedTool extends ToolHead {
  /** Its input has not been checked yet. */
  run: (given: unknown) => Promise<ToolResult>;
}

/** What one caller is served. */
export interface Served {
  instructions: string;
  tools: readonly ServedTool[];
}

/** Whether a request comes from no page, or from one of this host; a browser says which (`Origin`). */
export const isOfHost = ({ headers }: Request, host: string): boolean =>
  validateOriginHeader(headers.origin, [host]).ok;

/** A schema as clients are told it. The library would answer with names of our issues: we check ourselves. */
const unchecked = ({ '~standard': standard }: z.ZodObject) => ({
  '~standard': { ...standard, validate: (value: unknown) => ({ value: value as Record<string, unknown> }) },
});

function serverOf({ instructions, tools }: Served): McpServer {
  const server = new McpServer(
    { name: 'carnot-europe', version: '1' },
    { instructions, supportedProtocolVersions: VERSIONS },
  );
  for (const { name, title, description, input, writes, run } of tools) {
    const annotations = { readOnlyHint: !writes, destructiveHint: false };
    const head = { title, description, inputSchema: unchecked(input), annotations };
    server.registerTool(name, head, async (given) => {
      const { answer, isError } = await run(given);
      return {
        content: [{ type: 'text', text: JSON.stringify(answer) }],
        structuredContent: answer,
        isError,
      };
    });
  }
  return server;
}

/** Answers one message of the Model Context Protocol, whose body was parsed. */
export async function answerMcp(
  request: Request,
  response: Response,
  served: Served,
  onerror: (error: Error) => void,
): Promise<void> {
  // Nothing changes that a client could listen to: a stream would only be held open.
  const options = { legacy: 'stateless', maxSubscriptions: 0, onerror } as const;
  const handler = createMcpHandler(() => serverOf(served), options);
  await toNodeHandler(handler, { onerror })(request, response, request.body);
}
