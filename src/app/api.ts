import type { IncomingMessage } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import compression from 'compression';
import { MOST_YAML_BYTES } from '../profiles/profile-yaml.js';
import { metricsMiddleware } from './metrics.js';
import { HeldSending } from '../outbox/store/sending.js';
import { requestContextMiddleware } from '../audit/request-context.js';
import { accessMiddleware, RequestCredentials } from '../access/credentials.js';
import { InstituteOverview } from '../access/api/institute-overview.js';
import { issuesTexts } from '../i18n/issues.js';
import { problemsTexts } from '../i18n/problems.js';
import type { Clock } from '../kernel/ports.js';
import { allRoutes, hiddenRoutes, ruleProblems } from '../platform/access/rule.js';
import { SECURE_COOKIES, securityHeaders } from '../platform/api/security-headers.js';
import { CHANNELS } from '../notifications/channel-registry.js';
import type { Channel } from '../notifications/domain/delivery/channel.js';
import { withNulls, withProblems, withWebhooks } from '../platform/api/openapi.js';
import { limitClients, limitPipelining } from '../platform/api/limits.js';
import { requestId, requestSpans, requestTimes } from '../platform/telemetry/requests.js';
import { serveStaticFiles } from '../platform/api/static-files.js';
import { unavailableMiddleware } from './unavailable.js';
import { refuse } from '../platform/config/config-error.js';
import type { Environment } from '../platform/config/environment.js';
import { DatabasePulse } from '../platform/database/database-pulse.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { heldSendingMiddleware, noRecipientsMiddleware } from '../access/pages/page-warnings.js';
import { mailPlaceOf } from '../platform/mail/mailer-of.js';
import { viewerMiddleware } from '../ui/viewer.js';

const YAML_TYPES = /^(?:text|application)\/(?:x-)?yaml\b|^text\/plain\b/i;

/** Whether a body is YAML, which only one route accepts; all others take JSON. */
const isYamlBody = ({ url, headers }: IncomingMessage): boolean =>
  /\/profile\.yaml(?:\?|$)/.test(url ?? '') && YAML_TYPES.test(headers['content-type'] ?? '');

/**
 * Sets up everything between the socket and Nest, whose guards, interceptors, pipes and filters are providers
 * of their modules. Must be called before the application listens.
 */
export function configureApi(app: INestApplication, version: string): void {
  const express = app as NestExpressApplication;
  const routes = allRoutes(app.get(DiscoveryService), new MetadataScanner());
  refuse([...ruleProblems(routes), ...hiddenRoutes(routes)]);
  express.disable('x-powered-by');
  limitClients(express.getHttpServer());
  const environment = app.get<Environment>(ENVIRONMENT);
  const { PROXY_HOPS, PUBLIC_URL } = environment;
  express.set('trust proxy', PROXY_HOPS);
  express.set(SECURE_COOKIES, PUBLIC_URL.startsWith('https:'));
  express.use(limitPipelining);
  express.use(requestSpans);
  express.use(requestTimes);
  express.use(requestId);
  express.use(securityHeaders(PUBLIC_URL));
  express.use(metricsMiddleware(app));
  express.use(compression());
  express.use(unavailableMiddleware(app.get(DatabasePulse)));
  // Before Nest adds the body parser, so that no unauthorised input is read.
  express.use(accessMiddleware(app.get(RequestCredentials)));
  serveStaticFiles(express);
  express.use(requestContextMiddleware);
  express.use(viewerMiddleware(app.get<Clock>(CLOCK)));
  express.use(heldSendingMiddleware(app.get(HeldSending), mailPlaceOf(environment)));
  express.use(noRecipientsMiddleware(app.get(InstituteOverview)));
  express.useBodyParser('json', { limit: '1mb' });
  express.useBodyParser('urlencoded', { limit: '1mb', extended: true });
  express.useBodyParser('text', { limit: MOST_YAML_BYTES, type: isYamlBody });
  describeApi(app, version, PUBLIC_URL);
}

/** The codes in a catalogue whose keys are `kind.code`. */
const codesIn = (texts: object): string[] => Object.keys(texts).map((key) => key.slice(key.indexOf('.') + 1));

/** The descriptions of the API by application, each made once. */
const descriptions = new WeakMap<INestApplication, () => OpenAPIObject>();

/** Makes the description of the API before anybody asks for it: it takes a third of a second. */
export function describe(app: INestApplication): void {
  descriptions.get(app)?.();
}

function describeApi(app: INestApplication, version: string, publicUrl: string): void {
  const head = new DocumentBuilder()
    .setTitle('carnot-europe')
    .setDescription(
      'European funding calls, matched with reasons to the Carnot institutes. Errors are RFC 9457 problem details; `code` says which one.',
    )
    .setVersion(version)
    .setLicense('EUPL-1.2', 'https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12')
    .addServer(publicUrl)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'an API key, or the admin token' })
    .build();
  const posted = app
    .get<Channel[]>(CHANNELS)
    .flatMap(({ id, document }) => (document ? [[id, document] as const] : []));
  let made: OpenAPIObject | undefined;
  const description = (): OpenAPIObject =>
    (made ??= withNulls(
      withWebhooks(
        withProblems(SwaggerModule.createDocument(app, head), {
          problems: codesIn(problemsTexts),
          issues: codesIn(issuesTexts),
        }),
        Object.fromEntries(posted),
      ),
    ));
  descriptions.set(app, description);
  SwaggerModule.setup('docs', app, description, { jsonDocumentUrl: 'docs-json', raw: ['json'] });
}
