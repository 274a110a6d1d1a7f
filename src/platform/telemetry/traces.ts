import { context, propagation, SpanKind, SpanStatusCode, trace, type Attributes } from '@opentelemetry/api';
import type { NextFunction, Request, Response } from 'express';

/** Where nobody collects, what it gives does nothing. */
const tracer = () => trace.getTracer('carnot-europe');

/**
 * What a span is about; its attributes are named as OpenTelemetry's conventions name them, and hold nothing
 * of people, no secret and no address with one.
 */
export interface Traced {
  name: string;
  kind: keyof typeof SpanKind;
  attributes: Attributes;
}

/**
 * Does some work within a span of its own. Of what it throws the class alone is noted: a message may hold
 * what somebody wrote.
 */
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

/** Whether a trace is kept of what runs now. */
export const isTraced = (): boolean => trace.getActiveSpan()?.isRecording() ?? false;

/** The pattern of a request's route, known once it was found. */
export const routeOf = (request: Request): string | undefined =>
  (request.route as { path: string } | undefined)?.path;

/**
 * A span for each request, below that of a proxy which sent `traceparent`; named by the pattern of its route,
 * since addresses hold the secrets of links.
 */
export function requestSpans(request: Request, response: Response, next: NextFunction): void {
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

/** By what a line of the log is found that belongs to a trace; nothing where none is kept. */
export function traceOfNow(): { trace_id: string; span_id: string } | undefined {
  if (!isTraced()) return undefined;
  const { traceId, spanId } = trace.getActiveSpan()!.spanContext();
  return { trace_id: traceId, span_id: spanId };
}
