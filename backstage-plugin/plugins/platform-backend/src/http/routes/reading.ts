// Reading requests: lists, one request, its progress, its plan and its audit trail. Its logs are in logs.ts.
import type { Router } from 'express';
import type { RequestFilter } from '../../database/filter';
import { eventBody, progressBody, requestBody } from '../answers';
import { type Call, route, type RouteContext } from '../context';
import { input } from '../input';

export function addReadingRoutes(router: Router, context: RouteContext): void {
  const { access, requests } = context;

  const list = (only?: { blueprint: string }) => async ({ req, res, caller }: Call) => {
    const { view, team, status, environment, name, blueprint, cursor, limit } = { ...input.list(req), ...only };
    const wanted = Object.entries({ team, status, environment, blueprint }).flatMap(([key, value]) =>
      value === undefined ? [] : [{ key, values: [value] } as RequestFilter],
    );
    if (name !== undefined) {
      wanted.push({ key: 'name', part: name });
    }
    if (view !== undefined) {
      wanted.push(access.filterOf(view, caller));
    }
    const seen = await access.filterFor(caller);
    const page = await requests.list({ allOf: [...wanted, ...(seen ? [seen] : [])] }, cursor, limit);
    res.json({ ...page, items: page.items.map(requestBody) });
  };
  router.get('/namespaces/requests', route(context, { kind: 'read' }, list({ blueprint: 'namespace' })));
  router.get('/requests', route(context, { kind: 'read' }, list()));

  const one = async ({ req, caller }: Call) => {
    const request = await requests.get(input.requestId(req));
    await access.assertSees(caller, request);
    return request;
  };
  for (const path of ['/namespaces/request/:requestId', '/requests/:requestId']) {
    const get = (suffix: string, handle: (call: Call) => Promise<void>) =>
      router.get(`${path}${suffix}`, route(context, { kind: 'read' }, handle));

    get('', async call => {
      call.res.json(requestBody(await one(call)));
    });
    get('/status', async call => {
      const request = await one(call);
      call.res.json(progressBody(request, await requests.steps(request.id, request.attempt)));
    });
    get('/plan', async call => {
      call.res.json(await requests.planOf((await one(call)).id));
    });
    get('/events', async call => {
      const events = await requests.events((await one(call)).id);
      call.res.json({ items: events.map(eventBody) });
    });
  }
}
