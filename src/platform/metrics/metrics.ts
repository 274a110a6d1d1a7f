import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The metrics that Prometheus reads from this process. */
export const registry = new Registry();
// What every Node program tells has names without a prefix of ours, as ready-made dashboards know them.
collectDefaultMetrics({ register: registry });
// Gauges that are named like counters; the same stands in those without `_total`.
for (const kind of ['handles', 'requests', 'resources'])
  registry.removeSingleMetric(`nodejs_active_${kind}_total`);

const registers = [registry];
/** Requests by route pattern: addresses contain ids, and secrets of links. */
export const requestSeconds = new Histogram({
  name: 'carnot_http_request_seconds',
  help: 'How long requests took, until the last byte was given to the system.',
  labelNames: ['route', 'method', 'status'] as const,
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers,
});
export const jobSeconds = new Histogram({
  name: 'carnot_job_seconds',
  help: 'How long jobs took in this process, by what became of them.',
  labelNames: ['job', 'outcome'] as const,
  buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300],
  registers,
});

type Labels = Record<string, string>;
/** A value read on request, one for each set of labels. */
export interface Reading {
  labels: Labels;
  value: number;
}

/** Gauges that are read on request, from the database or elsewhere, by name. */
export class Looked<Name extends string> {
  private readonly gauges: Map<Name, Gauge>;

  constructor(described: Record<Name, { help: string; labels: readonly string[] }>) {
    this.gauges = new Map(
      (Object.keys(described) as Name[]).map((name) => [
        name,
        new Gauge({ name, help: described[name].help, labelNames: described[name].labels, registers: [] }),
      ]),
    );
  }

  /** Replaces all previous values and returns them as text; those that could not be read are left out. */
  async text(values: Partial<Record<Name, Reading[]>>): Promise<string> {
    const own = new Registry();
    for (const [name, gauge] of this.gauges) {
      const readings = values[name];
      if (readings === undefined) continue;
      own.registerMetric(gauge);
      gauge.reset();
      // Without labels it would report 0.
      gauge.remove({});
      for (const { labels, value } of readings) gauge.set(labels, value);
    }
    return own.metrics();
  }
}
