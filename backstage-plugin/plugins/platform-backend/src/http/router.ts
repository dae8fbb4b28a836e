// The HTTP API of openapi.yaml: one file a group of routes. Who calls, how often and with how large a body is settled in context.ts,
// before any of them.
import type { Router } from 'express';
import createPromiseRouter from 'express-promise-router';
import type { RouteContext } from './context';
import { violationsHandler } from './errors';
import { addAskingRoutes } from './routes/asking';
import { addDecidingRoutes } from './routes/deciding';
import { addHealthRoutes } from './routes/health';
import { addLogRoutes } from './routes/logs';
import { addNamespaceRoutes } from './routes/namespaces';
import { addPolicyRoutes } from './routes/policy';
import { addReadingRoutes } from './routes/reading';

export type { RouteContext } from './context';
export { RateLimits } from './RateLimits';

export function createRouter(context: RouteContext): Router {
  const router = createPromiseRouter();
  // Paths that stand before those that take a name in the same place.
  addAskingRoutes(router, context);
  addReadingRoutes(router, context);
  addLogRoutes(router, context);
  addDecidingRoutes(router, context);
  addNamespaceRoutes(router, context);
  addPolicyRoutes(router, context);
  addHealthRoutes(router, context);
  router.use(violationsHandler);
  return router;
}
