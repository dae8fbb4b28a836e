/** A yes: to the plan that was read, under today's documents and with today's usage. */
import { ConflictError } from '@backstage/errors';
import type { Actor } from '../actor/Actor';
import { assignApprovals } from './approvals';
import { assertMayApprove } from './authority';
import type { RequestEnvironment } from './environment';
import { ViolationsError, sentences, summaryOf } from './errors';
import type { StoredRequest } from './model';
import { type Prepared, assertSameCluster, liveOf, prepare } from './prepare';
import { submission } from './queueing';
import { assertCan } from './stateMachine';
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
  const live = await liveOf(env, id);
  const outcome = await env.commit(async work => {
    const request = await work.stores.requests.lock(id);
    assertCan(request, 'approved');
    const today = await decideAgain(env, work, request, live);
    const { planDigest } = today.outcome;
    if (planDigest !== request.planDigest && planDigest !== input.planDigest) {
      await work.record(request, {
        action: 'plan-changed',
        actorRef: actor.ref,
        changes: { ...today.outcome, approvals: [] },
        details: { before: request.planDigest, after: planDigest },
        notify: 'approval-needed',
      });
      return undefined;
    }
    if (input.planDigest !== planDigest) {
      throw changed(id);
    }
    return count(work, actor, request, today, input.comment);
  });
  if (outcome === undefined) {
    throw changed(id);
  }
  return outcome;
}

function changed(id: string): ConflictError {
  return new ConflictError(`the plan of the request \`${id}\` is not the one that was read; read it again, then decide`);
}

/** What the request is under today's documents. */
async function decideAgain(
  env: RequestEnvironment,
  work: Work,
  request: StoredRequest,
  live: readonly object[] | undefined,
): Promise<Prepared> {
  const options = { now: work.at, lock: true, except: request, live };
  const prepared = await prepare(env, work.stores, request, options).catch(error => {
    throw error instanceof ViolationsError
      ? new ConflictError(
          sentences([`the request \`${request.id}\` is no longer allowed: ${summaryOf(error.decision)}`, 'Ask for changes, or reject it']),
        )
      : error;
  });
  assertSameCluster(request, prepared, 'reject the request and ask for it again');
  return prepared;
}

async function count(
  work: Work,
  actor: Actor,
  request: StoredRequest,
  { render, policy, outcome: changes }: Prepared,
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
  const workflow = render(request);
  return work.record(request, {
    ...happening,
    action: 'approved',
    changes: { ...changes, approvals, workflowName: workflow.name, expiresAt: undefined },
    notify: 'approved',
    todo: [submission({ ...request, ...changes }, workflow)],
  });
}
