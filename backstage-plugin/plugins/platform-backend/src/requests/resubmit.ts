/** Other parameters for a request that waits for an approval. What was approved so far was another plan, and is forgotten. */
import { ConflictError, InputError } from '@backstage/errors';
import type { Actor } from '../actor/Actor';
import { assertIsRequester } from './authority';
import type { RequestEnvironment } from './environment';
import type { StoredRequest } from './model';
import { prepare } from './prepare';
import { submission } from './queueing';
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
    if (request.kind !== 'create' && request.kind !== 'change') {
      throw new ConflictError(`a request of kind \`${request.kind}\` has nothing to change; cancel it and make another one`);
    }
    const subject = { ...request, requester: actor, parameters };
    const prepared = await prepare(env, work.stores, subject, { now: work.at, lock: true, except: request });
    const { place, outcome } = prepared;
    for (const what of ['name', 'team', 'cluster'] as const) {
      if (place[what] !== request[what]) {
        throw new InputError(
          `the ${what} can't be changed from \`${request[what]}\` to \`${place[what]}\`; cancel this request and make another one`,
        );
      }
    }
    const { approval, planDigest, policyDigest } = outcome;
    const changes = {
      ...outcome,
      environment: place.environment,
      requester: actor,
      approvals: [],
      changesAskedAt: undefined,
      remindedAt: undefined,
    };
    const happening = {
      action: 'resubmitted' as const,
      actorRef: actor.ref,
      details: { planDigest, policyDigest },
    };
    if (approval.required) {
      return work.record(request, {
        ...happening,
        to: 'pending-approval',
        changes: { ...changes, expiresAt: env.approvalEnd() },
        notify: 'approval-needed',
      });
    }
    const workflow = prepared.render(request);
    return work.record(request, {
      ...happening,
      to: 'queued',
      changes: { ...changes, expiresAt: undefined, workflowName: workflow.name },
      todo: [submission({ ...request, ...changes }, workflow)],
    });
  });
}
