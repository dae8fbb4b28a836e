/** Other parameters for a request that waits for an approval. What was approved so far was another plan, and is forgotten. */
import { InputError } from '@backstage/errors';
import type { Actor } from '../actor/Actor';
import { assertIsRequester } from './authority';
import { APPROVAL_DAYS, type RequestEnvironment } from './environment';
import { assertAllowed, judge, parametersOf, planned } from './judge';
import type { StoredRequest } from './model';
import { renderWorkflow, submission } from './queueing';
import { assertCan } from './stateMachine';

/**
 * Changes what is asked for; the name, the team and the cluster stay.
 *
 * @throws ViolationsError; InputError for another name, team or cluster; NotAllowedError for all but the requester
 */
export async function resubmit(
  env: RequestEnvironment,
  actor: Actor,
  id: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<StoredRequest> {
  return env.commit(async work => {
    const request = await work.stores.requests.lock(id);
    assertIsRequester(actor, request);
    assertCan(request, 'resubmitted');
    const berth = env.berth();
    const ask = { actor, blueprint: request.blueprint, parameters };
    const judged = await judge(work.stores, berth, ask, { now: work.at, lock: true, except: request });
    const { decision, context } = judged;
    assertAllowed(decision);
    const plan = planned(berth, ask, context);
    for (const what of ['name', 'team', 'cluster'] as const) {
      if (plan[what] !== request[what]) {
        throw new InputError(
          `the ${what} can't be changed from \`${request[what]}\` to \`${plan[what]}\`; cancel this request and make another one`,
        );
      }
    }
    const { approval } = decision;
    const changes = {
      parameters: parametersOf(decision),
      environment: plan.environment,
      requester: actor,
      planDigest: plan.planDigest,
      policyDigest: plan.policyDigest,
      coreVersion: plan.coreVersion,
      monthlyCost: decision.cost.monthly,
      currency: decision.cost.currency,
      approval,
      approvals: [],
      changesAskedAt: undefined,
      remindedAt: undefined,
    };
    const happening = {
      action: 'resubmitted' as const,
      actorRef: actor.ref,
      details: { planDigest: plan.planDigest, policyDigest: plan.policyDigest },
    };
    if (approval.required) {
      return work.record(request, {
        ...happening,
        to: 'pending-approval',
        changes: { ...changes, expiresAt: env.inDays(APPROVAL_DAYS) },
        notify: 'approval-needed',
      });
    }
    const workflow = renderWorkflow(env, berth, { ...request, ...changes });
    return work.record(request, {
      ...happening,
      to: 'queued',
      changes: { ...changes, expiresAt: undefined, workflowName: workflow.name },
      todo: [submission({ ...request, ...changes }, workflow)],
    });
  });
}
