/** Another attempt, when what the last one has made is gone or will not go. */
import { ConflictError } from '@backstage/errors';
import type { Actor } from '../actor/Actor';
import { assignApprovals } from './approvals';
import { assertMayManage } from './authority';
import type { RequestEnvironment } from './environment';
import type { StoredRequest } from './model';
import { Policy } from './policy';
import { assertSameCluster, liveOf, prepare } from './prepare';
import { submission } from './queueing';
import { assertCan } from './stateMachine';
import { assertNoneOpen } from './submit';

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
  const live = await liveOf(env, id);
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
    const prepared = await prepare(env, work.stores, request, { now: work.at, lock: true, except: request, live });
    const { place, outcome, policy } = prepared;
    assertSameCluster(request, prepared, 'make another request');
    if (request.originId !== undefined) {
      await assertNoneOpen(work, request.originId, request, id);
    }
    const { approval, planDigest } = outcome;
    const attempt = request.attempt + 1;
    const kept = planDigest === request.planDigest ? request.approvals : [];
    const { approvals, open } = assignApprovals(approval, kept);
    const changes = {
      attempt,
      ...outcome,
      argoInstance: env.instanceOf(place.cluster),
      workflowNamespace: policy.workflowNamespace,
      approvals,
      error: undefined,
      cancelRequestedAt: undefined,
      submittedAt: undefined,
      remindedAt: undefined,
    };
    const happening = { action: 'retried' as const, actorRef: actor.ref, comment, details: { planDigest } };
    if (open.length > 0) {
      return work.record(request, {
        ...happening,
        to: 'pending-approval',
        changes: { ...changes, workflowName: null, expiresAt: env.approvalEnd() },
        notify: 'approval-needed',
      });
    }
    const workflow = prepared.render({ ...request, attempt });
    return work.record(request, {
      ...happening,
      to: 'queued',
      changes: { ...changes, workflowName: workflow.name },
      todo: [submission({ ...request, ...changes }, workflow)],
    });
  });
}
