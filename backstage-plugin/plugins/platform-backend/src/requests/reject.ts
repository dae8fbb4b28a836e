/** A no: the request ends, and its name is free. */
import type { Actor } from '../actor/Actor';
import { assertMayApprove } from './authority';
import type { RequestEnvironment } from './environment';
import type { StoredRequest } from './model';
import { Policy } from './policy';
import { assertCan } from './stateMachine';

/** @throws NotAllowedError as for an approval; ConflictError when it waits for none */
export async function reject(
  env: RequestEnvironment,
  actor: Actor,
  id: string,
  comment: string,
): Promise<StoredRequest> {
  return env.commit(async work => {
    const request = await work.stores.requests.lock(id);
    assertCan(request, 'rejected');
    assertMayApprove(Policy.of(env.berth()), actor, request, request.approval.requirements);
    return work.record(request, { action: 'rejected', actorRef: actor.ref, comment, notify: 'rejected' });
  });
}
