// Namespaces that stand, as our own tables have them. What really is in a cluster is not asked here, and the answers say so.
import { InputError, NotFoundError } from '@backstage/errors';
import type { Router } from 'express';
import type { RequestFilter } from '../../database/filter';
import { namespaceBody } from '../answers';
import { route, type RouteContext } from '../context';
import { input } from '../input';

/** More clusters than anybody has, so that all namespaces of a name are found. */
const MOST_CLUSTERS = 200;

export function addNamespaceRoutes(router: Router, context: RouteContext): void {
  const { access, requests } = context;
  const standing: RequestFilter[] = [
    { key: 'blueprint', values: ['namespace'] },
    { key: 'status', values: ['completed'] },
  ];
  const wanted = (key: 'team' | 'name' | 'cluster', value?: string): RequestFilter[] =>
    value === undefined ? [] : [{ key, values: [value] }];

  router.get(
    '/namespaces',
    route(context, { kind: 'read' }, async ({ req, res, caller }) => {
      const { team, cursor, limit } = input.list(req);
      const seen = await access.filterFor(caller);
      const filter = { allOf: [...standing, ...wanted('team', team), ...(seen ? [seen] : [])] };
      const page = await requests.list(filter, cursor, limit);
      res.json({ ...page, items: page.items.map(namespaceBody) });
    }),
  );

  router.get(
    '/namespaces/:name',
    route(context, { kind: 'read' }, async ({ req, res, caller }) => {
      const { name, cluster } = input.namespace(req);
      const seen = await access.filterFor(caller);
      const filter = [...standing, ...wanted('name', name), ...wanted('cluster', cluster), ...(seen ? [seen] : [])];
      const { items } = await requests.list({ allOf: filter }, undefined, MOST_CLUSTERS);
      if (items.length === 0) {
        throw new NotFoundError(`there is no namespace \`${name}\`, or you may not see it`);
      }
      if (items.length > 1) {
        const clusters = items.map(item => `\`${item.cluster}\``).join(', ');
        throw new InputError(`namespaces \`${name}\` stand on ${clusters}: say which with \`cluster\``);
      }
      res.json(namespaceBody(items[0]));
    }),
  );
}
