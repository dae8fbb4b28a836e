/** What is measured. */
export { type BerthMetrics, createMetrics, type MetricsDeps } from './BerthMetrics';
