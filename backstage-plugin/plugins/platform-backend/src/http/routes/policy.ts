// What may be asked for: the documents as the caller may see them, and what is left of a team's limits and budget.
import { documentsReadPermission, usageReadPermission } from '@berth/plugin-platform-common';
import type { Router } from 'express';
import { findingsIn, viewFor } from '../../documents';
import { route, type RouteContext } from '../context';
import { input } from '../input';

export function addPolicyRoutes(router: Router, context: RouteContext): void {
  const { access, documents, requests } = context;

  router.get(
    '/documents',
    route(context, { kind: 'read' }, async ({ req, res, caller }) => {
      await access.assertMay(caller, documentsReadPermission);
      const { etag, view } = viewFor(documents.berth(), caller.actor);
      // Each caller's own: nobody between may hand it to somebody else.
      res.set({ ETag: etag, 'Cache-Control': 'private, no-cache', Vary: 'Authorization' });
      if (req.fresh) {
        res.status(304).end();
      } else {
        res.json(view);
      }
    }),
  );

  router.get(
    '/documents/findings',
    route(context, { kind: 'read' }, async ({ res, caller }) => {
      await access.assertMay(caller, documentsReadPermission);
      access.assertSeesAll(caller);
      res.json(findingsIn(documents.berth()));
    }),
  );

  router.get(
    '/teams/:team/usage',
    route(context, { kind: 'read' }, async ({ req, res, caller }) => {
      await access.assertMay(caller, usageReadPermission);
      const team = input.team(req);
      access.assertKnowsTeam(caller, team);
      res.json(await requests.usage(team));
    }),
  );

  router.get(
    '/summary',
    route(context, { kind: 'read' }, async ({ res, caller }) => {
      await access.assertMay(caller, usageReadPermission);
      access.assertSeesAll(caller);
      res.json(await requests.summary());
    }),
  );
}
