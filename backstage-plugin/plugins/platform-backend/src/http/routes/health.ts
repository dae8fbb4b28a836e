// Is the backend in order. Argo away is no reason to be taken out of service: requests are stored and wait.
import type { Router } from 'express';
import { route, type RouteContext } from '../context';

interface Part {
  status: 'ok' | 'degraded';
  message?: string;
}

export function addHealthRoutes(router: Router, context: RouteContext): void {
  router.get('/health', (_req, res) => {
    res.json({ status: 'ok' });
  });

  router.get(
    '/health/details',
    route(context, { kind: 'read' }, async ({ res }) => {
      const problem = context.documents.problem();
      const parts: Record<string, Part> = {
        documents: problem === undefined ? { status: 'ok' } : { status: 'degraded', message: problem },
      };
      for (const { instance, up, since, reason } of context.health.states()) {
        const message = `away since ${since}: ${reason}`;
        parts[`argo/${instance}`] = up === false ? { status: 'degraded', message } : { status: 'ok' };
      }
      const degraded = Object.values(parts).some(part => part.status === 'degraded');
      res.json({ status: degraded ? 'degraded' : 'ok', parts });
    }),
  );
}
