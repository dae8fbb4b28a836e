// Is the backend in order. Argo away is no reason to be taken out of service: requests are stored and wait.
import type { Router } from 'express';
import { healthDetails, type HealthPart } from '../../health';
import { route, type RouteContext } from '../context';

export function addHealthRoutes(router: Router, context: RouteContext): void {
  router.get('/health', (_req, res) => {
    res.json({ status: 'ok' });
  });

  router.get(
    '/health/details',
    route(context, { kind: 'read' }, async ({ res }) => {
      const problem = context.documents.problem();
      const documents: HealthPart = problem === undefined ? { status: 'ok' } : { status: 'degraded', message: problem };
      const { outbox, observations } = context.requests.environment.stores;
      const inventories = (await observations.states()).map(({ cluster, error }): [string, HealthPart] => [
        `inventory/${cluster}`,
        error === undefined ? { status: 'ok' } : { status: 'degraded', message: error },
      ]);
      res.json(await healthDetails({ argo: context.health, outbox }, { documents, ...Object.fromEntries(inventories) }));
    }),
  );
}
