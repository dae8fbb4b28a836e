// Metrics of the demo in the format of Prometheus, on loopback alone. Loaded before anything that measures.
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { NodeSDK } from '@opentelemetry/sdk-node';

const port = Number(process.env.BERTH_METRICS_PORT ?? PrometheusExporter.DEFAULT_OPTIONS.port);

new NodeSDK({ metricReaders: [new PrometheusExporter({ host: '127.0.0.1', port })] }).start();
