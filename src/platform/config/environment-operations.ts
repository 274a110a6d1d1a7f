import { z } from 'zod';
import { isPort, partsOf, rule, serviceUrl } from './environment-rules.js';

const logLevels = ['error', 'warn', 'info', 'debug'] as const;
const tokenForm = /^[A-Za-z0-9\-._~+/]+=*$/;

/** A bearer token chosen by a person. */
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

/** Decodes a percent-encoded value, as the specification requires: a plain comma would end it. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Monitoring, and what lies between the server and the outside. */
export const OperationVariables = {
  METRICS_TOKEN: bearerToken
    .optional()
    .describe(
      'The bearer token with which Prometheus reads /metrics, 16 characters or more. Without it, only programs on this machine may read it.',
    ),
  WORKER_PORT: rule(isPort, 'must be a whole number from 0 to 65535', 'Write a free port, as 3001.')
    .transform(Number)
    .optional()
    .describe(
      'The port on HOST where a separate worker serves /metrics (with METRICS_TOKEN too), /health and /health/ready. Without it, a worker does not listen.',
    ),
  OTEL_EXPORTER_OTLP_ENDPOINT: serviceUrl(['http', 'https'], 'http://collector:4318')
    .optional()
    .describe(
      'The OpenTelemetry collector for traces (OTLP over HTTP, as JSON): requests, jobs, statements, e-mails and outgoing requests. Without it, there are none. OTEL_TRACES_SAMPLER sets how many.',
    ),
  OTEL_EXPORTER_OTLP_HEADERS: rule(
    (value) => partsOf(value).every((part) => /^[A-Za-z0-9-]+=[\x21-\x7e]+$/.test(part)),
    'must be name=value, with commas between several',
    'Write it as authorization=Bearer%20TOKEN.',
  )
    .transform((value) =>
      Object.fromEntries(
        partsOf(value).map((part) => [
          part.slice(0, part.indexOf('=')),
          decoded(part.slice(part.indexOf('=') + 1)),
        ]),
      ),
    )
    .optional()
    .describe('Headers for the collector, such as authorization=Bearer%20TOKEN.'),
  OTEL_SERVICE_NAME: rule(
    (value) => value.length <= 100,
    'is longer than 100 characters',
    'Write a short name.',
  )
    .default('carnot-europe')
    .describe('The service name in traces.'),
  HTTPS_PROXY: serviceUrl(['http', 'https'], 'http://user:password@proxy.example.org:3128')
    .optional()
    .describe(
      'The proxy for public https addresses (sources, Teams, webhooks, models). Names are resolved and checked here; the proxy gets the address.',
    ),
  NO_PROXY: rule(
    (value) => partsOf(value).every((part) => /^(\*|\.?[A-Za-z0-9.-]+)$/.test(part)),
    'must be host names, with commas between',
    'Write it as models.example.org,.internal.example.org.',
  )
    .transform((value) => partsOf(value).map((part) => part.toLowerCase()))
    .optional()
    .describe(
      'Hosts of yours (as in WEBHOOK_TRUSTED_ORIGINS or EMBEDDING_URL) that are reached without HTTPS_PROXY; .example.org means all below it.',
    ),
  LOG_LEVEL: rule(
    (value) => (logLevels as readonly string[]).includes(value),
    `must be one of ${logLevels.join(', ')}`,
    'Write info, or leave it out.',
  )
    .pipe(z.enum(logLevels))
    .prefault('info')
    .describe('The log level: error, warn, info or debug.'),
  LOG_FORMAT: rule(
    (value) => value === 'text' || value === 'json',
    'must be text or json',
    'Write json for a collector of logs; else leave it out.',
  )
    .pipe(z.enum(['text', 'json']))
    .prefault('text')
    .describe('The log format: text for people, json with the ids of request and job for a collector.'),
};
