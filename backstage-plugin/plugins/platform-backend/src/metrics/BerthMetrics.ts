/**
 * What is measured, by OpenTelemetry. Prometheus reads a name as it stands here, with `_` for each `.` and `total` behind a
 * counter; the unit is a part of the name, since only some exporters add it. The rules and the dashboard in deploy/monitoring
 * use these names; a test holds them together.
 */
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { NamespaceCount } from '../database/NamespaceStore';
import type { OutboxDepth } from '../database/OutboxStore';
import type { RequestCount } from '../database/RequestStore';
import type { ArgoHealth } from '../health/ArgoHealth';
import type { InventoryState } from '../inventory/model';
import { END_STATUSES } from '../requests/stateMachine';
import type { Committed } from '../requests/Work';

export interface MetricsDeps {
  metrics: MetricsService;
  requests: { countOpen(): Promise<RequestCount[]> };
  outbox: { depth(): Promise<OutboxDepth[]> };
  namespaces: { count(): Promise<NamespaceCount[]> };
  observations: { states(): Promise<InventoryState[]>; countDrifted(): Promise<{ cluster: string; count: number }[]> };
  argo: Pick<ArgoHealth, 'states'>;
}

/** What the parts of the plugin tell. */
export interface BerthMetrics {
  /** For `RequestEnvironment.onCommit`. */
  committed(committed: Pick<Committed, 'happened'>): void;
  /** A request knows of the end of its Workflow, so many seconds later. */
  watchLag(instance: string, seconds: number): void;
  /** This process watches the instance, or no longer does. */
  watching(instance: string, isWatching: boolean): void;
}

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600];

/**
 * Creates all instruments; call it once a process. Gauges that count rows are the same in every replica (take the maximum),
 * counters and histograms are each replica's own (take the sum).
 */
export function createMetrics({ metrics, requests, outbox, namespaces, observations, argo }: MetricsDeps): BerthMetrics {
  observe(metrics, outbox, argo);
  observeStanding(metrics, namespaces, observations);
  metrics
    .createObservableGauge('berth.requests.open', { description: 'Requests that have not ended, by status and environment' })
    .addCallback(async result => {
      for (const { status, environment, count } of await requests.countOpen()) {
        result.observe(count, { status, environment });
      }
    });
  const ended = metrics.createCounter('berth.requests.ended', {
    description: 'Requests that ended, by the status in which and by environment',
  });
  const latency = metrics.createHistogram('berth.submit.latency.seconds', {
    description: 'From a request that may be carried out to the Workflow in Argo',
    unit: 's',
    advice: { explicitBucketBoundaries: SECONDS },
  });
  const lag = metrics.createHistogram('berth.watch.lag.seconds', {
    description: 'From the end of a Workflow until its request knows',
    unit: 's',
    advice: { explicitBucketBoundaries: SECONDS },
  });
  const active = new Map<string, boolean>(argo.states().map(({ instance }) => [instance, false]));
  metrics
    .createObservableGauge('berth.watch.active', { description: 'Whether this process watches an Argo instance' })
    .addCallback(result => active.forEach((is, instance) => result.observe(Number(is), { argo: instance })));
  return {
    committed({ happened }) {
      for (const { action, from, to, environment, afterMs } of happened) {
        if (END_STATUSES.has(to) && from !== to) {
          ended.add(1, { status: to, environment });
        }
        if (action === 'started') {
          latency.record(afterMs / 1000, { environment });
        }
      }
    },
    watchLag: (instance, seconds) => lag.record(seconds, { argo: instance }),
    watching: (instance, isWatching) => void active.set(instance, isWatching),
  };
}

/** What stands, and how well it is known. */
function observeStanding(
  metrics: MetricsService,
  namespaces: MetricsDeps['namespaces'],
  observations: MetricsDeps['observations'],
): void {
  metrics
    .createObservableGauge('berth.namespaces', { description: 'Namespaces that stand, by state and environment' })
    .addCallback(async result => {
      for (const { state, environment, count } of await namespaces.count()) {
        result.observe(count, { state, environment });
      }
    });
  metrics
    .createObservableGauge('berth.namespaces.drifted', { description: 'Namespaces that are not as they were carried out last' })
    .addCallback(async result => {
      for (const { cluster, count } of await observations.countDrifted()) {
        result.observe(count, { cluster });
      }
    });
  metrics
    .createObservableGauge('berth.inventory.age.seconds', { description: 'Since a cluster was read the last time', unit: 's' })
    .addCallback(async result => {
      for (const { cluster, readAt } of await observations.states()) {
        if (readAt !== undefined) {
          result.observe((Date.now() - Date.parse(readAt)) / 1000, { cluster });
        }
      }
    });
}

function observe(metrics: MetricsService, outbox: MetricsDeps['outbox'], argo: MetricsDeps['argo']): void {
  metrics
    .createObservableGauge('berth.outbox.depth', { description: 'What waits in the outbox, by kind' })
    .addCallback(async result => {
      for (const { kind, count } of await outbox.depth()) {
        result.observe(count, { kind });
      }
    });
  metrics
    .createObservableGauge('berth.outbox.oldest.seconds', { description: 'How long the oldest in the outbox waits', unit: 's' })
    .addCallback(async result => {
      for (const { kind, oldest } of await outbox.depth()) {
        result.observe((Date.now() - Date.parse(oldest)) / 1000, { kind });
      }
    });
  metrics
    .createObservableGauge('berth.argo.up', { description: 'Whether an Argo instance answers this process' })
    .addCallback(result => {
      for (const { instance, up } of argo.states()) {
        if (up !== undefined) {
          result.observe(Number(up), { argo: instance });
        }
      }
    });
}
