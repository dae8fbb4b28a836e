// Asking: submit, validate and plan, for namespaces with flat parameters and for any blueprint.
import { requestCreatePermission } from '@berth/plugin-platform-common';
import type { Request, Router } from 'express';
import { submittedBody } from '../answers';
import { type Call, route, type RouteContext } from '../context';
import { input } from '../input';

interface Ask {
  blueprint: string;
  parameters: Record<string, unknown>;
}

export function addAskingRoutes(router: Router, context: RouteContext): void {
  const { access, requests } = context;

  const submit = (ask: Ask) => async ({ req, res, caller }: Call) => {
    await access.assertMay(caller, requestCreatePermission);
    const idempotencyKey = input.idempotencyKey(req);
    const submitted = await requests.submit(caller.actor, ask.blueprint, ask.parameters, { idempotencyKey });
    res.status(201).location(`${req.baseUrl}/requests/${submitted.request.id}`).json(submittedBody(submitted));
  };
  const validate = (ask: Ask) => async ({ req, res, caller }: Call) => {
    await access.assertMay(caller, requestCreatePermission);
    const options = input.withOptions(req);
    res.json(await requests.decide(caller.actor, ask.blueprint, ask.parameters, { options }));
  };
  const plan = (ask: Ask) => async ({ res, caller }: Call) => {
    await access.assertMay(caller, requestCreatePermission);
    res.json(await requests.plan(caller.actor, ask.blueprint, ask.parameters));
  };

  /** The same three, for each way of saying what is asked for. */
  const add = (paths: { submit: string; validate: string; plan: string }, read: (req: Request) => Ask) => {
    const asked = (act: (ask: Ask) => (call: Call) => Promise<void>) => (call: Call) => act(read(call.req))(call);
    router.post(paths.submit, route(context, { kind: 'write', eventId: 'request-submit' }, asked(submit)));
    router.post(paths.validate, route(context, { kind: 'write' }, asked(validate)));
    router.post(paths.plan, route(context, { kind: 'write' }, asked(plan)));
  };
  add(
    { submit: '/namespaces/request', validate: '/namespaces/validate', plan: '/namespaces/plan' },
    req => ({ blueprint: 'namespace', parameters: input.parameters(req) }),
  );
  add({ submit: '/requests', validate: '/requests/validate', plan: '/requests/plan' }, input.ask);
}
