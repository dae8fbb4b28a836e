/** The end of a request that is no longer wanted. */
import type { Actor } from '../actor/Actor';
import { assertMayManage } from './authority';
import type { RequestEnvironment } from './environment';
import type { StoredRequest } from './model';
import { Policy } from './policy';
import { enqueueStop } from './queueing';
import { assertCan } from './stateMachine';

/**
 * Cancels a request. What nobody has told Argo yet ends at once. Else Argo is told to stop, which rolls back, and the request
 * is cancelled when that is seen, or completed when the workflow was faster; asking twice changes nothing.
 *
 * @throws ConflictError when it has ended; NotAllowedError outside the team
 */
export async function cancel(
  env: RequestEnvironment,
  actor: Actor,
  id: string,
  comment?: string,
): Promise<StoredRequest> {
  return env.commit(async work => {
    const request = await work.stores.requests.lock(id);
    assertMayManage(Policy.of(env.berth()), actor, request);
    const happening = { actorRef: actor.ref, comment };
    const isUnsent =
      request.status === 'pending-approval' ||
      (request.status === 'queued' && (await work.stores.outbox.withdraw(id, request.attempt)));
    if (isUnsent) {
      return work.record(request, { ...happening, action: 'cancelled', notify: 'cancelled' });
    }
    assertCan(request, 'cancel-asked');
    if (request.cancelRequestedAt !== undefined) {
      return request;
    }
    const asked = await work.record(request, {
      ...happening,
      action: 'cancel-asked',
      changes: { cancelRequestedAt: work.at },
    });
    if (asked.status === 'provisioning') {
      await enqueueStop(work, asked);
    } else {
      // Whether the workflow was made is found out by the `submit` row: nobody waits for its back-off now.
      await work.stores.outbox.hurry(id, 'submit', work.at);
      work.wake('submit');
    }
    return asked;
  });
}
