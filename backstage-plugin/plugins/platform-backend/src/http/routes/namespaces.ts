// Namespaces that stand: seen, changed and given back. Each change is a request, which the routes of requests show from then on.
import { InputError, NotFoundError } from '@backstage/errors';
import { namespaceChangePermission, namespaceDeletePermission, requestCreatePermission } from '@berth/plugin-platform-common';
import type { Router } from 'express';
import type { RequestFilter } from '../../database/filter';
import type { AskOptions, Standing } from '../../lifecycle/NamespaceService';
import { namespaceBody, submittedBody, unmanagedBody } from '../answers';
import { type Call, route, type RouteContext } from '../context';
import { input } from '../input';

/** More clusters than anybody has, so that all namespaces of a name are found. */
const MOST_CLUSTERS = 200;

type Permission = Parameters<RouteContext['access']['assertMayWith']>[1];
type Submitted = Parameters<typeof submittedBody>[0];

export function addNamespaceRoutes(router: Router, context: RouteContext): void {
  const { access, requests, namespaces } = context;
  const wanted = (key: 'team' | 'name' | 'cluster', value?: string): RequestFilter[] =>
    value === undefined ? [] : [{ key, values: [value] }];
  const seenBy = async (caller: Call['caller']): Promise<RequestFilter[]> => {
    const seen = await access.filterFor(caller);
    return [{ key: 'blueprint', values: ['namespace'] }, ...(seen ? [seen] : [])];
  };

  const one = async ({ req, caller }: Call): Promise<Standing> => {
    const { name, cluster } = input.namespace(req);
    const filter = [...(await seenBy(caller)), ...wanted('name', name), ...wanted('cluster', cluster)];
    const { items } = await namespaces.list(filter, undefined, MOST_CLUSTERS);
    if (items.length === 0) {
      throw new NotFoundError(`there is no namespace \`${name}\`, or you may not see it`);
    }
    if (items.length > 1) {
      const clusters = items.map(item => `\`${item.namespace.cluster}\``).join(', ');
      throw new InputError(`namespaces \`${name}\` stand on ${clusters}: say which with \`cluster\``);
    }
    return items[0];
  };

  router.get(
    '/namespaces',
    route(context, { kind: 'read' }, async ({ req, res, caller }) => {
      const { team, cursor, limit } = input.list(req);
      const page = await namespaces.list([...(await seenBy(caller)), ...wanted('team', team)], cursor, limit);
      const items = page.items.map(item => namespaceBody(item, context.documents.berth()));
      // What nobody asked for concerns those who see all, once, and not again with each page.
      const showsUnmanaged = cursor === undefined && team === undefined && access.seesAll(caller);
      const unmanaged = showsUnmanaged ? (await namespaces.unmanaged()).map(unmanagedBody) : [];
      res.json({ ...page, items, ...(unmanaged.length > 0 && { unmanaged }) });
    }),
  );
  router.get(
    '/namespaces/:name',
    route(context, { kind: 'read' }, async call => {
      call.res.json(namespaceBody(await one(call), context.documents.berth()));
    }),
  );

  const about = async (call: Call, permission: Permission): Promise<Standing['namespace']> => {
    const { namespace } = await one(call);
    await access.assertMayWith(call.caller, permission, await requests.get(namespace.requestId));
    return namespace;
  };
  /** A write that makes a request about one namespace. */
  const asking = (
    eventId: string,
    permission: Permission,
    ask: (call: Call, standing: Standing['namespace'], options: AskOptions) => Promise<Submitted>,
  ) =>
    route(context, { kind: 'write', eventId, identity: 'needed' }, async call => {
      const { req, res, caller } = call;
      const options = { idempotencyKey: input.idempotencyKey(req), call: [eventId, input.namespace(req), req.body ?? null] };
      // The same call finds its request also when the namespace has changed by it, or is gone.
      const earlier = await namespaces.replayed(caller.actor, options);
      const submitted = earlier ?? (await ask(call, await about(call, permission), options));
      res.status(201).location(`${req.baseUrl}/requests/${submitted.request.id}`).json(submittedBody(submitted));
    });

  router.patch(
    '/namespaces/:name',
    asking('namespace-change', namespaceChangePermission, ({ req, caller }, namespace, options) =>
      namespaces.change(caller.actor, namespace, input.parameters(req), options),
    ),
  );
  router.delete(
    '/namespaces/:name',
    asking('namespace-delete', namespaceDeletePermission, ({ req, caller }, namespace, options) =>
      namespaces.decommission(caller.actor, namespace, input.decommission(req), options),
    ),
  );
  router.post(
    '/namespaces/:name/extend',
    asking('namespace-extend', namespaceChangePermission, ({ req, caller }, namespace, options) =>
      namespaces.extend(caller.actor, namespace, input.extension(req).expiresAt, options),
    ),
  );
  router.post(
    '/namespaces/:name/repair',
    asking('namespace-repair', namespaceChangePermission, ({ caller }, namespace, options) =>
      namespaces.repair(caller.actor, namespace, options),
    ),
  );
  router.post(
    '/namespaces/:name/restore',
    asking('namespace-restore', namespaceChangePermission, ({ req, caller }, namespace, options) =>
      namespaces.restore(caller.actor, namespace, input.restoration(req).expiresAt, options),
    ),
  );
  router.post(
    '/namespaces/:name/adopt',
    route(context, { kind: 'write', eventId: 'namespace-adopt', severity: 'high', identity: 'needed' }, async ({ req, res, caller }) => {
      await access.assertMay(caller, requestCreatePermission);
      const { name } = input.namespace(req);
      const parameters = named(name, input.parameters(req));
      const options = { idempotencyKey: input.idempotencyKey(req), call: ['namespace-adopt', parameters] };
      const earlier = await namespaces.replayed(caller.actor, options);
      const submitted = earlier ?? (await namespaces.adopt(caller.actor, parameters, options));
      res.status(201).location(`${req.baseUrl}/requests/${submitted.request.id}`).json(submittedBody(submitted));
    }),
  );
  router.post(
    '/namespaces/:name/plan',
    route(context, { kind: 'write', identity: 'needed' }, async call => {
      const { actor } = call.caller;
      const asked = input.planned(call.req);
      if ('adopt' in asked) {
        await access.assertMay(call.caller, requestCreatePermission);
        const { name } = input.namespace(call.req);
        call.res.json(await namespaces.planAdoption(actor, named(name, asked.adopt)));
        return;
      }
      const namespace = await about(call, namespaceChangePermission);
      if ('delete' in asked) {
        call.res.json(await namespaces.planEnd(actor, namespace, 'delete'));
      } else if ('freeze' in asked) {
        call.res.json(await namespaces.planEnd(actor, namespace, 'freeze'));
      } else {
        call.res.json(await namespaces.planChange(actor, namespace, asked.patch));
      }
    }),
  );
}

/** The parameters of a namespace whose name is in the path. @throws InputError when they name another one */
function named(name: string, parameters: Record<string, unknown>): Record<string, unknown> {
  const { namespaceName = name } = parameters;
  if (namespaceName !== name) {
    throw new InputError(`\`namespaceName\` is \`${String(namespaceName)}\`, and the path says \`${name}\`; leave it out`);
  }
  return { ...parameters, namespaceName };
}
