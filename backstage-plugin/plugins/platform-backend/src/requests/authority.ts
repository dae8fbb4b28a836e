/**
 * Who may do what with a request. These rules hold in every permission mode; Backstage's permissions can only narrow them.
 *
 * INVARIANT: nobody approves what they asked for themselves, and nobody of whom it is not known who they are approves at all.
 */
import { NotAllowedError } from '@backstage/errors';
import { type Actor, identityOf, samePerson } from '../actor/Actor';
import type { ApprovalRequirement, StoredRequest } from './model';
import type { Policy } from './policy';

/**
 * The requirements that the actor's yes could meet.
 *
 * @throws NotAllowedError when there is none, when the actor asked for it, or when it is not known who the actor is
 */
export function assertMayApprove(
  policy: Policy,
  actor: Actor,
  request: StoredRequest,
  requirements: readonly ApprovalRequirement[],
): { identity: string; eligibleFor: string[] } {
  const identity = identityOf(actor);
  if (actor.kind === 'service' || identity === undefined) {
    throw new NotAllowedError(
      `it is not known which user \`${actor.ref}\` is, so it can't approve; sign in, or ask the platform team to link it to a user`,
    );
  }
  if (samePerson(actor, request.requester)) {
    throw new NotAllowedError('whoever asked for something can\'t approve it; ask somebody else to look at it');
  }
  const eligible = requirements.filter(requirement => policy.mayApprove(actor, requirement));
  if (eligible.length === 0) {
    const groups = [...new Set(requirements.flatMap(requirement => requirement.by))];
    throw new NotAllowedError(
      `\`${actor.ref}\` can't approve this; somebody of ${groups.map(group => `\`${group}\``).join(', ')} can`,
    );
  }
  return { identity, eligibleFor: eligible.map(requirement => requirement.id) };
}

/** @throws NotAllowedError for those who neither asked for it nor belong to its team, and whose role does not allow it */
export function assertMayManage(policy: Policy, actor: Actor, request: StoredRequest): void {
  const may =
    samePerson(actor, request.requester) ||
    policy.isMember(actor, request.team) ||
    policy.roleOf(actor).requestForAnyTeam;
  if (!may) {
    throw new NotAllowedError(
      `\`${actor.ref}\` is not in the team \`${request.team}\`; only who asked for it, their team and platform engineers can do this`,
    );
  }
}

/** @throws NotAllowedError for everybody but who asked for it */
export function assertIsRequester(actor: Actor, request: StoredRequest): void {
  if (!samePerson(actor, request.requester)) {
    throw new NotAllowedError(`only \`${request.requester.ref}\`, who asked for it, can change it`);
  }
}
