import type { INestApplication } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { accessMiddleware } from '../features/access/access.middleware.js';
import { AdminToken } from '../features/access/admin-token.js';
import { InputPipe } from '../platform/api/input.pipe.js';
import { withProblems } from '../platform/api/openapi.js';
import { ProblemFilter } from '../platform/api/problem.js';

/** Everything that stands between the socket and the controllers. Must be called before the application listens. */
export function configureApi(app: INestApplication, version: string): void {
  const express = app as NestExpressApplication;
  express.disable('x-powered-by');
  // Before Nest adds the parser of bodies: nobody's input is read who may not give any.
  express.use(accessMiddleware(app.get(AdminToken)));
  express.useBodyParser('json', { limit: '1mb' });
  app.useGlobalPipes(new InputPipe());
  app.useGlobalFilters(new ProblemFilter());
  describeApi(app, version);
}

function describeApi(app: INestApplication, version: string): void {
  const description = new DocumentBuilder()
    .setTitle('carnot-europe')
    .setDescription('European funding calls, matched with reasons to the Carnot institutes. Errors are RFC 9457 problem details.')
    .setVersion(version)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'the admin token' })
    .build();
  SwaggerModule.setup('docs', app, () => withProblems(SwaggerModule.createDocument(app, description)), { jsonDocumentUrl: 'docs-json' });
}
