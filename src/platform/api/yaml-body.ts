import type { IncomingMessage } from 'node:http';

const TYPES = /^(?:text|application)\/(?:x-)?yaml\b|^text\/plain\b/i;

/** Whether a body is YAML in the one place where YAML is taken; everywhere else bodies are JSON. */
export const isYamlBody = ({ url, headers }: IncomingMessage): boolean =>
  /\/profile\.yaml(?:\?|$)/.test(url ?? '') && TYPES.test(headers['content-type'] ?? '');
