/** A yes: to the plan that was read, under today's documents and with today's usage. */
import { ConflictError } from '@backstage/errors';
import type { Actor } from '../actor/Actor';
import { assignApprovals } from './approvals';
import { assertMayApprove } from './authority';
import type { RequestEnvironment } from './environment';
import { summaryOf } from './errors';
import { judge, parametersOf, planned } from './judge';
import type { StoredRequest } from './model';
import { renderWorkflow, submission } from './queueing';
import { type Changes, assertCan } from './stateMachine';
import type { Work } from './Work';

/** What an approver sends. */
export interface ApproveInput {
  /** Of the plan that was read. */
  planDigest: string;
  comment?: string;
}

/**
 * Counts the actor's yes. With the last one that is needed the request is queued.
 *
 * @throws ConflictError when the plan is another one than was read; a changed plan is stored and needs another look
 * @throws NotAllowedError for the requester, for unknown people and for those outside the approving groups
 */
export async function approve(
  env: RequestEnvironment,
  actor: Actor,
  id: string,
  input: ApproveInput,
): Promise<StoredRequest> {
  const outcome = await env.commit(async work => {
    const request = await work.stores.requests.lock(id);
    assertCan(request, 'approved');
    const today = await decideAgain(env, work, request);
    if (today.changes.planDigest !== request.planDigest && today.changes.planDigest !== input.planDigest) {
      await work.record(request, {
        action: 'plan-changed',
        actorRef: actor.ref,
        changes: { ...today.changes, approvals: [] },
        details: { before: request.planDigest, after: today.changes.planDigest },
        notify: 'approval-needed',
      });
      return undefined;
    }
    if (input.planDigest !== today.changes.planDigest) {
      throw changed(id);
    }
    return count(env, work, actor, request, today, input.comment);
  });
  if (outcome === undefined) {
    throw changed(id);
  }
  return outcome;
}

function changed(id: string): ConflictError {
  return new ConflictError(`the plan of the request \`${id}\` is not the one that was read; read it again, then decide`);
}

interface Today {
  berth: ReturnType<RequestEnvironment['berth']>;
  policy: Awaited<ReturnType<typeof judge>>['policy'];
  changes: Changes & Pick<StoredRequest, 'planDigest' | 'approval'>;
}

/** What the request is under today's documents. */
async function decideAgain(env: RequestEnvironment, work: Work, request: StoredRequest): Promise<Today> {
  const berth = env.berth();
  const { requester: actor, blueprint, parameters } = request;
  const ask = { actor, blueprint, parameters };
  const judged = await judge(work.stores, berth, ask, { now: work.at, lock: true, except: request });
  const { decision, context, policy } = judged;
  if (!decision.valid) {
    throw new ConflictError(
      `the request \`${request.id}\` is no longer allowed: ${summaryOf(decision)}. Ask for changes, or reject it`,
    );
  }
  const plan = planned(berth, ask, context);
  if (plan.cluster !== request.cluster) {
    throw new ConflictError(
      `the environment \`${plan.environment}\` is now on the cluster \`${plan.cluster}\`; reject the request and ask for it again`,
    );
  }
  return {
    berth,
    policy,
    changes: {
      parameters: parametersOf(decision),
      planDigest: plan.planDigest,
      policyDigest: plan.policyDigest,
      coreVersion: plan.coreVersion,
      monthlyCost: decision.cost.monthly,
      currency: decision.cost.currency,
      approval: decision.approval,
    },
  };
}

async function count(
  env: RequestEnvironment,
  work: Work,
  actor: Actor,
  request: StoredRequest,
  { berth, policy, changes }: Today,
  comment: string | undefined,
): Promise<StoredRequest> {
  // Documents that no longer ask for a yes still leave it to those who were asked.
  const asked = changes.approval.required ? changes.approval : request.approval;
  const { identity, eligibleFor } = assertMayApprove(policy, actor, request, asked.requirements);
  const kept = changes.planDigest === request.planDigest ? request.approvals : [];
  if (kept.some(approval => approval.identity === identity)) {
    throw new ConflictError(`\`${identity}\` has approved this request before; somebody else must, too`);
  }
  const yes = { actorRef: actor.ref, identity, eligibleFor, comment, at: work.at };
  const { approvals, open } = assignApprovals(asked, [...kept, yes]);
  if (!approvals.some(approval => approval.identity === identity)) {
    const groups = [...new Set(open.flatMap(requirement => requirement.by))].map(group => `\`${group}\``).join(', ');
    throw new ConflictError(`what \`${identity}\` can approve is approved; it waits for somebody of ${groups}`);
  }
  const happening = { actorRef: actor.ref, comment, details: { planDigest: changes.planDigest } };
  if (open.length > 0 && changes.approval.required) {
    const still = open.map(requirement => requirement.id);
    return work.record(request, {
      ...happening,
      action: 'approval-given',
      changes: { ...changes, approvals },
      details: { ...happening.details, open: still },
    });
  }
  const workflow = renderWorkflow(env, berth, { ...request, ...changes });
  return work.record(request, {
    ...happening,
    action: 'approved',
    changes: { ...changes, approvals, workflowName: workflow.name, expiresAt: undefined },
    notify: 'approved',
    todo: [submission({ ...request, ...changes }, workflow)],
  });
}
