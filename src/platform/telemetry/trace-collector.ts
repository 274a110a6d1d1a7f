import { context, propagation, trace } from '@opentelemetry/api';
import { Logger } from '@nestjs/common';
import type { Environment } from '../config/environment.js';
import type { Gate, GateOptions } from '../http/gate.js';
import { gateTo } from '../http/heartbeat-address.js';

const TIMEOUT_MS = 10_000;

/** The result of an export, in the form that OpenTelemetry's SDK expects. */
interface Ended {
  code: 0 | 1;
  error?: Error;
}

/** The operator's collector for traces (opentelemetry.io/docs/specs/otlp: over HTTP, as JSON). */
class Collector {
  private readonly log = new Logger('Traces');
  private readonly url: URL;
  private lost = false;

  constructor(
    endpoint: string,
    private readonly headers: Record<string, string>,
    private readonly gate: Gate,
  ) {
    this.url = new URL('v1/traces', endpoint.endsWith('/') ? endpoint : `${endpoint}/`);
  }

  /** Logs a failure once until the collector answers again: telemetry must not fill the log. */
  async take(spans: string): Promise<Ended> {
    const headers = { ...this.headers, 'content-type': 'application/json', accept: 'application/json' };
    try {
      await this.gate.fetch(this.url, { method: 'POST', headers, body: spans });
      this.lost = false;
      return { code: 0 };
    } catch (error) {
      if (!this.lost)
        this.log.warn(
          `the collector in OTEL_EXPORTER_OTLP_ENDPOINT: ${(error as Error).message}. The traces are lost.`,
        );
      this.lost = true;
      return { code: 1, error: error as Error };
    }
  }

  close(): Promise<void> {
    return this.gate.close();
  }
}

/** Sends traces if the operator named a collector; otherwise nothing is loaded and nothing recorded. */
export class Traces {
  private constructor(private readonly provider: { shutdown(): Promise<void> } | null) {}

  /**
   * OTEL_TRACES_SAMPLER sets how many traces are recorded, and OTEL_RESOURCE_ATTRIBUTES describes the process
   * further: the SDK reads both itself.
   */
  static async start(
    env: Pick<
      Environment,
      'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_EXPORTER_OTLP_HEADERS' | 'OTEL_SERVICE_NAME'
    >,
    version: string,
    limits: Pick<GateOptions, 'userAgent' | 'maxBytes' | 'proxy'>,
  ): Promise<Traces> {
    const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT;
    if (endpoint === undefined) return new Traces(null);
    const [sdk, resources, { JsonTraceSerializer }] = await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/otlp-transformer'),
    ]);
    const gate = gateTo(endpoint, { ...limits, timeoutMs: TIMEOUT_MS });
    const collector = new Collector(endpoint, env.OTEL_EXPORTER_OTLP_HEADERS ?? {}, gate);
    const exporter = {
      export: (
        spans: Parameters<typeof JsonTraceSerializer.serializeRequest>[0],
        done: (ended: Ended) => void,
      ) =>
        void collector
          .take(Buffer.from(JsonTraceSerializer.serializeRequest(spans)!).toString('utf8'))
          .then(done),
      shutdown: () => collector.close(),
    };
    const about = { 'service.name': env.OTEL_SERVICE_NAME, 'service.version': version };
    const provider = new sdk.NodeTracerProvider({
      resource: resources
        .defaultResource()
        .merge(resources.resourceFromAttributes(about))
        .merge(resources.detectResources({ detectors: [resources.envDetector] })),
      spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
    });
    provider.register();
    return new Traces(provider);
  }

  /** Sends pending traces and stops recording. What the collector does not accept is lost. */
  async close(): Promise<void> {
    if (!this.provider) return;
    await this.provider.shutdown().catch(() => undefined);
    for (const part of [trace, context, propagation]) part.disable();
  }
}
