// What is done with a request that is there: approve, reject, ask for changes, remind, change, cancel and try again. Who may, and
// whether it can be done now, the request service says; permissions can only forbid more.
import {
  requestApprovePermission,
  requestCancelPermission,
  requestCreatePermission,
  requestRetryPermission,
} from '@berth/plugin-platform-common';
import type { Request, Router } from 'express';
import type { Actor } from '../../actor';
import type { StoredRequest } from '../../requests/model';
import { requestBody } from '../answers';
import { type Call, route, type RouteContext, type RouteOptions } from '../context';
import { input } from '../input';

type Permission = Parameters<RouteContext['access']['assertMayWith']>[1];
type Act = (actor: Actor, id: string, req: Request) => Promise<StoredRequest>;

export function addDecidingRoutes(router: Router, context: RouteContext): void {
  const { access, requests } = context;

  const actions: Record<string, { permission?: Permission; severity?: RouteOptions['severity']; act: Act }> = {
    approve: {
      permission: requestApprovePermission,
      severity: 'high',
      act: (actor, id, req) => requests.approve(actor, id, input.approval(req)),
    },
    reject: {
      permission: requestApprovePermission,
      act: (actor, id, req) => requests.reject(actor, id, input.neededComment(req)),
    },
    'ask-for-changes': {
      permission: requestApprovePermission,
      act: (actor, id, req) => requests.askForChanges(actor, id, input.neededComment(req)),
    },
    nudge: { severity: 'low', act: (actor, id, req) => requests.nudge(actor, id, input.comment(req)) },
    resubmit: { act: (actor, id, req) => requests.resubmit(actor, id, input.parameters(req)) },
    cancel: {
      permission: requestCancelPermission,
      act: (actor, id, req) => requests.cancel(actor, id, input.comment(req)),
    },
    retry: {
      permission: requestRetryPermission,
      act: (actor, id, req) => requests.retry(actor, id, input.comment(req)),
    },
  };

  for (const [action, { permission, severity, act }] of Object.entries(actions)) {
    const handle = async ({ req, res, caller }: Call) => {
      const id = input.requestId(req);
      const request = await requests.get(id);
      if (permission) {
        await access.assertMayWith(caller, permission, request);
      } else {
        await access.assertSees(caller, request);
        await access.assertMay(caller, requestCreatePermission);
      }
      res.json(requestBody(await act(caller.actor, id, req)));
    };
    const steps = route(context, { kind: 'write', eventId: `request-${action}`, severity, identity: 'needed' }, handle);
    router.post(`/namespaces/request/:requestId/${action}`, steps);
    router.post(`/requests/:requestId/${action}`, steps);
  }
}
