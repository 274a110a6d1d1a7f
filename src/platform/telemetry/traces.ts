import { SpanKind, SpanStatusCode, trace, type Attributes } from '@opentelemetry/api';

/** Without a collector, its spans do nothing. */
export const tracer = () => trace.getTracer('carnot-europe');

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

/** Returns the ids that link a log line to its trace; nothing if none is recorded. */
export function traceOfNow(): { trace_id: string; span_id: string } | undefined {
  if (!isTraced()) return undefined;
  const { traceId, spanId } = trace.getActiveSpan()!.spanContext();
  return { trace_id: traceId, span_id: spanId };
}
