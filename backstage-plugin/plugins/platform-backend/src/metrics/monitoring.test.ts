/** Holds the metrics, the alert rules and the dashboard together, with the exporter that the demo uses. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { parse } from 'yaml';
import { createMetrics } from './BerthMetrics';

/** Reads when it is asked. */
class Reader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

/** What Prometheus would read of a process that has something to say by every instrument. */
async function scraped(): Promise<string> {
  const reader = new Reader();
  const provider = new MeterProvider({ readers: [reader] });
  const metrics = createMetrics({
    metrics: provider.getMeter('backstage-plugin-platform'),
    requests: { countOpen: async () => [{ status: 'queued', environment: 'production', count: 3 }] },
    outbox: { depth: async () => [{ kind: 'submit', count: 2, oldest: new Date(Date.now() - 60_000).toISOString() }] },
    namespaces: { count: async () => [{ state: 'frozen', environment: 'production', count: 4 }] },
    observations: {
      states: async () => [{ cluster: 'edge', triedAt: '', everySeconds: 60, readAt: new Date(Date.now() - 30_000).toISOString() }],
      countDrifted: async () => [{ cluster: 'edge', count: 2 }],
    },
    argo: { states: () => [{ instance: 'main', up: false }, { instance: 'edge' }] },
  });
  const environment = 'production';
  metrics.committed({
    happened: [
      { action: 'submitted', to: 'queued', environment, afterMs: 0 },
      { action: 'started', from: 'queued', to: 'provisioning', environment, afterMs: 120 },
      { action: 'succeeded', from: 'provisioning', to: 'completed', environment, afterMs: 900 },
      { action: 'rollback-ended', from: 'failed', to: 'failed', environment, afterMs: 900 },
    ],
  });
  metrics.watchLag('main', 0.4);
  metrics.watching('main', true);
  const { resourceMetrics, errors } = await reader.collect();
  expect(errors).toEqual([]);
  // Whose instruments they are is the same everywhere.
  return new PrometheusSerializer().serialize(resourceMetrics).replaceAll(/,otel_scope_name="[^"]*"/g, '');
}

const monitoring = (file: string) =>
  readFileSync(join(resolvePackagePath('@berth/plugin-platform-backend', '../../..'), 'deploy/monitoring', file), 'utf8');

interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: { summary: string; description: string } }[] }[];
}
interface Dashboard {
  panels: { id: number; title: string; targets: { expr: string; legendFormat: string }[] }[];
}

const rules = () => (parse(monitoring('prometheus-rules.yaml')) as Rules).groups.flatMap(group => group.rules);
const panels = () => (JSON.parse(monitoring('grafana-dashboard.json')) as Dashboard).panels;

/** The metrics that an expression reads, and the labels that it knows of them. */
const namesIn = (expression: string) => expression.match(/\bberth_\w+/g) ?? [];
const labelsIn = (expression: string) => [
  ...[...expression.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list]) => list.split(', ')),
  ...[...expression.matchAll(/(\w+)="/g)].map(([, label]) => label),
];

describe('metrics', () => {
  it('are read by Prometheus under these names', async () => {
    const text = await scraped();
    for (const line of [
      'berth_requests_open{status="queued",environment="production"} 3',
      'berth_requests_ended_total{status="completed",environment="production"} 1',
      'berth_submit_latency_seconds_bucket{environment="production",le="0.1"} 0',
      'berth_submit_latency_seconds_bucket{environment="production",le="0.25"} 1',
      'berth_watch_lag_seconds_sum{argo="main"} 0.4',
      'berth_watch_active{argo="main"} 1',
      'berth_watch_active{argo="edge"} 0',
      'berth_outbox_depth{kind="submit"} 2',
      'berth_argo_up{argo="main"} 0',
      'berth_namespaces{state="frozen",environment="production"} 4',
      'berth_namespaces_drifted{cluster="edge"} 2',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
    expect(text).not.toContain('berth_argo_up{argo="edge"');
    expect(text).not.toContain('status="failed"');
    expect(text).toMatch(/berth_outbox_oldest_seconds\{[^}]*\} 6\d/);
  });
});

describe('deploy/monitoring', () => {
  it('reads only what is there, and all of it', async () => {
    const text = await scraped();
    const there = new Set([...text.matchAll(/^(berth_\w+)[{ ]/gm)].map(([, name]) => name));
    const read = [...rules().map(rule => rule.expr), ...panels().flatMap(panel => panel.targets.map(target => target.expr))];
    const names = new Set(read.flatMap(namesIn));
    expect([...names].filter(name => !there.has(name))).toEqual([]);
    const family = (name: string) => name.replace(/_(bucket|sum|count)$/, '');
    const families = new Set([...names].map(family));
    expect([...there].filter(name => !families.has(family(name)))).toEqual([]);
  });

  it('groups by labels that there are', async () => {
    const text = await scraped();
    const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, label]) => label));
    for (const expression of [
      ...rules().map(rule => rule.expr),
      ...panels().flatMap(panel => panel.targets.map(target => target.expr)),
    ]) {
      expect(labelsIn(expression).filter(label => !labels.has(label))).toEqual([]);
    }
  });

  it('says with each alert what is wrong and what to do, by labels that its expression keeps', () => {
    for (const { alert, expr, annotations } of rules()) {
      expect(alert).toMatch(/^Berth[A-Z]/);
      expect(annotations.description.length).toBeGreaterThan(20);
      const used = [...`${annotations.summary} ${annotations.description}`.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label);
      expect(used.filter(label => !labelsIn(expr).includes(label))).toEqual([]);
    }
  });

  it('names the lines of a panel by labels that its expressions keep', () => {
    for (const { targets } of panels()) {
      for (const { expr, legendFormat } of targets) {
        const used = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
        expect(used.filter(label => !labelsIn(expr).includes(label))).toEqual([]);
      }
    }
  });
});
