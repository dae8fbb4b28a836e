// Metrics of the demo in the format of Prometheus, on loopback alone. Loaded before anything that measures. Metrics and nothing more:
// what follows calls across promises, as tracing does, slows down all of them.
import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

const port = Number(process.env.BERTH_METRICS_PORT ?? PrometheusExporter.DEFAULT_OPTIONS.port);

metrics.setGlobalMeterProvider(new MeterProvider({ readers: [new PrometheusExporter({ host: '127.0.0.1', port })] }));
