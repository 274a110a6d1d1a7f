import { context, propagation, SpanKind, SpanStatusCode, trace, type Attributes } from '@opentelemetry/api';
import type { NextFunction, Request, Response } from 'express';

/** Without a collector, its spans do nothing. */
const tracer = () => trace.getTracer('carnot-europe');

/**
 * The subject of a span; attribute names follow OpenTelemetry's conventions, and values contain no personal
 * data, no secret and no address with one.
 */
export interface Traced {
  name: string;
  kind: keyof typeof SpanKind;
  attributes: Attributes;
}

/** Runs work within a span. Of an error only the class is recorded: messages may hold what people wrote. */
export function traced<T>({ name, kind, attributes }: Traced, work: () => T | Promise<T>): Promise<T> {
  return tracer().startActiveSpan(name, { kind: SpanKind[kind], attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

export const isTraced = (): boolean => trace.getActiveSpan()?.isRecording() ?? false;

/** Returns the pattern of a request's route, once it has been matched. */
export const routeOf = (request: Request): string | undefined =>
  (request.route as { path: string } | undefined)?.path;

/** What monitors ask for every few seconds. */
const UNTRACED = /^\/(?:health|metrics)(?:\/|$)/;

/**
 * Creates a span for each request, below that of a proxy that sent `traceparent`; named by the route pattern,
 * since addresses contain the secrets of links.
 */
export function requestSpans(request: Request, response: Response, next: NextFunction): void {
  if (UNTRACED.test(request.path)) return next();
  const above = propagation.extract(context.active(), request.headers);
  const attributes = { 'http.request.method': request.method };
  const span = tracer().startSpan(request.method, { kind: SpanKind.SERVER, attributes }, above);
  response.once('close', () => {
    const route = routeOf(request);
    if (route !== undefined) span.updateName(`${request.method} ${route}`).setAttribute('http.route', route);
    span.setAttribute('http.response.status_code', response.statusCode);
    if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  context.with(trace.setSpan(above, span), next);
}

/** Returns the ids that link a log line to its trace; nothing if none is recorded. */
export function traceOfNow(): { trace_id: string; span_id: string } | undefined {
  if (!isTraced()) return undefined;
  const { traceId, spanId } = trace.getActiveSpan()!.spanContext();
  return { trace_id: traceId, span_id: spanId };
}
