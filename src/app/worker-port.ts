import type { INestApplicationContext } from '@nestjs/common';
import { sayProblem } from '../i18n/sentences.js';
import { DomainError } from '../kernel/errors.js';
import { HealthController } from '../monitoring/api/health.controller.js';
import { jsonAnswer, OwnPort, problemAnswer, type PlainAnswer } from '../platform/api/own-port.js';
import type { Environment } from '../platform/config/environment.js';
import { registry } from '../platform/metrics/metrics.js';
import { mayReadMetrics, WorkerReport } from './metrics.js';

/** Serves the metrics of a separate worker if `WORKER_PORT` is set; null otherwise. */
export async function openWorkerPort(
  app: INestApplicationContext,
  { HOST, WORKER_PORT, METRICS_TOKEN }: Environment,
): Promise<OwnPort | null> {
  if (WORKER_PORT === undefined) return null;
  const [health, report] = [app.get(HealthController), new WorkerReport(app)];
  return OwnPort.listen(HOST, WORKER_PORT, {
    '/health': () => Promise.resolve(jsonAnswer(200, health.alive())),
    '/health/live': () => Promise.resolve(jsonAnswer(200, health.live())),
    '/health/ready': () => ready(health),
    '/metrics': async (request) =>
      mayReadMetrics(request, METRICS_TOKEN)
        ? { status: 200, type: registry.contentType, body: await report.text() }
        : problemAnswer(401, 'no-credential', 'This needs METRICS_TOKEN as a bearer token.', '/metrics'),
  });
}

async function ready(health: HealthController): Promise<PlainAnswer> {
  try {
    return jsonAnswer(200, await health.ready());
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return problemAnswer(error.status, error.kind, sayProblem('en', error as DomainError), '/health/ready');
  }
}
