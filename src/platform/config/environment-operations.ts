import { z } from 'zod';
import { partsOf, rule, serviceUrl } from './environment-rules.js';

const logLevels = ['error', 'warn', 'info', 'debug'] as const;
const tokenForm = /^[A-Za-z0-9\-._~+/]+=*$/;

/** A bearer token that somebody chose. */
export const bearerToken = rule(
  (x) => x.length >= 16,
  'is shorter than 16 characters',
  'Make one with: openssl rand -hex 32.',
).refine((value) => tokenForm.test(value), {
  error: 'holds characters that a bearer token cannot have',
  params: {
    fix: 'Use letters, digits and - . _ ~ + / only, = at the end; openssl rand -hex 32 makes one.',
  },
});

/** How it is watched, and what stands between it and the outside. */
export const OperationVariables = {
  METRICS_TOKEN: bearerToken
    .optional()
    .describe(
      'The bearer token with which Prometheus reads /metrics, 16 characters or more. Without it only programs on this machine may.',
    ),
  HTTPS_PROXY: serviceUrl(['http', 'https'], 'http://user:password@proxy.example.org:3128')
    .optional()
    .describe(
      'The proxy through which public https addresses are asked (sources, Teams, webhooks, models). Names are resolved and checked here, and the proxy is asked for the address.',
    ),
  NO_PROXY: rule(
    (value) => partsOf(value).every((part) => /^(\*|\.?[A-Za-z0-9.-]+)$/.test(part)),
    'must be host names, with commas between',
    'Write it as models.example.org,.internal.example.org.',
  )
    .transform((value) => partsOf(value).map((part) => part.toLowerCase()))
    .optional()
    .describe(
      'Hosts of yours (as in WEBHOOK_TRUSTED_ORIGINS or EMBEDDING_URL) that are asked without HTTPS_PROXY; .example.org means all below.',
    ),
  LOG_LEVEL: rule(
    (value) => (logLevels as readonly string[]).includes(value),
    `must be one of ${logLevels.join(', ')}`,
    'Write info, or leave it out.',
  )
    .pipe(z.enum(logLevels))
    .prefault('info')
    .describe('How much is logged: error, warn, info or debug.'),
  LOG_FORMAT: rule(
    (value) => value === 'text' || value === 'json',
    'must be text or json',
    'Write json for a collector of logs; else leave it out.',
  )
    .pipe(z.enum(['text', 'json']))
    .prefault('text')
    .describe(
      'How a line of the log is written: text for people, json with the ids of request and job for a collector.',
    ),
};
