/** Another attempt, when what the last one has made is gone or will not go. */
import { ConflictError } from '@backstage/errors';
import type { Actor } from '../actor/Actor';
import { assignApprovals } from './approvals';
import { assertMayManage } from './authority';
import { APPROVAL_DAYS, type RequestEnvironment } from './environment';
import { assertAllowed, judge, parametersOf, planned } from './judge';
import type { StoredRequest } from './model';
import { Policy } from './policy';
import { renderWorkflow, submission } from './queueing';
import { assertCan } from './stateMachine';

/**
 * Starts a new attempt: judged anew, with the name, the slot and the budget taken again. A plan that was approved needs no
 * further approval as long as it is the same.
 *
 * @throws ConflictError while the rollback runs or when the name is taken; ViolationsError; NotAllowedError outside the team
 */
export async function retry(
  env: RequestEnvironment,
  actor: Actor,
  id: string,
  comment?: string,
): Promise<StoredRequest> {
  return env.commit(async work => {
    const request = await work.stores.requests.lock(id);
    assertMayManage(Policy.of(env.berth()), actor, request);
    assertCan(request, 'retried');
    if (request.rollback === 'running') {
      throw new ConflictError(`the request \`${id}\` is still being rolled back; try it again when that has ended`);
    }
    if (request.status === 'cancelled' && !request.holdsName) {
      throw new ConflictError(`the request \`${id}\` was cancelled and nothing of it is left; make another one`);
    }
    const berth = env.berth();
    const ask = { actor: request.requester, blueprint: request.blueprint, parameters: request.parameters };
    const judged = await judge(work.stores, berth, ask, { now: work.at, lock: true, except: request });
    const { decision, context } = judged;
    assertAllowed(decision);
    const plan = planned(berth, ask, context);
    if (plan.cluster !== request.cluster) {
      throw new ConflictError(
        `the environment \`${plan.environment}\` is now on the cluster \`${plan.cluster}\`; make another request`,
      );
    }
    const { approval } = decision;
    const attempt = request.attempt + 1;
    const kept = plan.planDigest === request.planDigest ? request.approvals : [];
    const { approvals, open } = assignApprovals(approval, kept);
    const changes = {
      attempt,
      parameters: parametersOf(decision),
      planDigest: plan.planDigest,
      policyDigest: plan.policyDigest,
      coreVersion: plan.coreVersion,
      monthlyCost: decision.cost.monthly,
      currency: decision.cost.currency,
      argoInstance: env.instanceOf(plan.cluster),
      workflowNamespace: Policy.of(berth).workflowNamespace,
      approval,
      approvals,
      error: undefined,
      cancelRequestedAt: undefined,
      submittedAt: undefined,
      remindedAt: undefined,
    };
    const happening = { action: 'retried' as const, actorRef: actor.ref, comment, details: { planDigest: plan.planDigest } };
    if (open.length > 0) {
      return work.record(request, {
        ...happening,
        to: 'pending-approval',
        changes: { ...changes, workflowName: null, expiresAt: env.inDays(APPROVAL_DAYS) },
        notify: 'approval-needed',
      });
    }
    const workflow = renderWorkflow(env, berth, { ...request, ...changes });
    return work.record(request, {
      ...happening,
      to: 'queued',
      changes: { ...changes, workflowName: workflow.name },
      todo: [submission({ ...request, ...changes }, workflow)],
    });
  });
}
