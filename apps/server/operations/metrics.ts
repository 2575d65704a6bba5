import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ProjectionStatus } from '#libs/projection/status.js';

/** What the server tells Prometheus. One registry a server, so that two in one process do not meet. */
export class Metrics {
  readonly registry = new Registry();

  readonly httpDuration = new Histogram({
    name: 'taizhang_http_request_seconds',
    help: 'Time from the request to the end of the answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });

  /** Outcomes: recorded, repeated, unchanged, or the code of the refusal or error. */
  readonly commands = new Counter({
    name: 'taizhang_commands_total',
    help: 'Commands by type and outcome',
    labelNames: ['command', 'outcome'] as const,
    registers: [this.registry],
  });

  private readonly projectionLagEvents = new Gauge({
    name: 'taizhang_projection_lag_events',
    help: 'Events that the projection has not applied, counted up to a limit',
    labelNames: ['projection'] as const,
    registers: [this.registry],
  });

  private readonly projectionLagSeconds = new Gauge({
    name: 'taizhang_projection_lag_seconds',
    help: 'Age of the oldest event that the projection has not applied',
    labelNames: ['projection'] as const,
    registers: [this.registry],
  });

  private readonly projectionEvents = new Gauge({
    name: 'taizhang_projection_events_applied',
    help: 'Events that the projection has counted',
    labelNames: ['projection'] as const,
    registers: [this.registry],
  });

  private readonly projectionMissing = new Gauge({
    name: 'taizhang_projection_events_missing',
    help: 'Events of its streams that the projection was not given, at the last count; anything but 0 is a fault',
    labelNames: ['projection'] as const,
    registers: [this.registry],
  });

  private readonly projectionState = new Gauge({
    name: 'taizhang_projection_state',
    help: '1 for the state that the projection is in',
    labelNames: ['projection', 'state'] as const,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Puts down where the projections stand; what is not known any more is not shown any more. */
  note(statuses: readonly ProjectionStatus[]): void {
    const gauges = [
      this.projectionLagEvents,
      this.projectionLagSeconds,
      this.projectionEvents,
      this.projectionMissing,
      this.projectionState,
    ];
    for (const gauge of gauges) gauge.reset();
    for (const { name: projection, state, applied, lagEvents, lagSeconds, audited } of statuses) {
      if (lagEvents !== undefined) this.projectionLagEvents.set({ projection }, lagEvents);
      if (lagSeconds !== undefined) this.projectionLagSeconds.set({ projection }, lagSeconds);
      if (audited) this.projectionMissing.set({ projection }, audited.missing);
      this.projectionEvents.set({ projection }, applied);
      this.projectionState.set({ projection, state }, 1);
    }
  }
}
