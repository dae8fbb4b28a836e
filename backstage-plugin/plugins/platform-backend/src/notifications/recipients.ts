/** Who is told: approvers by their groups, requesters themselves. Backstage finds the people of a group. */
import type { NotificationRecipients } from '@backstage/plugin-notifications-node';
import { identityOf } from '../actor/Actor';
import type { Notification, NotificationTopic, StoredRequest } from '../requests/model';

/** Nothing when nobody whom Backstage knows is concerned. */
export function recipientsOf(
  { topic, actorRef, to }: Notification,
  request: StoredRequest,
): NotificationRecipients | undefined {
  if (to !== undefined) {
    const known = to.filter(isEntityRef);
    return known.length > 0 ? { type: 'entity', entityRef: known } : undefined;
  }
  const requester = identityOf(request.requester);
  if (isForApprovers(topic)) {
    const groups = new Set(request.approval.requirements.flatMap(({ by }) => by).filter(isEntityRef));
    const excluded = [requester, ...request.approvals.map(({ identity }) => identity)].filter(isEntityRef);
    return groups.size > 0 ? { type: 'entity', entityRef: [...groups], excludeEntityRef: excluded } : undefined;
  }
  // Who did it knows it.
  return requester === undefined || actorRef === request.requester.ref || actorRef === requester
    ? undefined
    : { type: 'entity', entityRef: requester };
}

/** Is there anybody to tell? When nobody hears that an approval is awaited, it is said in the log: that is found out later. */
export function concernsAnybody(notification: Notification, request: StoredRequest): boolean {
  return isForApprovers(notification.topic) || recipientsOf(notification, request) !== undefined;
}

/** Does it tell approvers that their answer is awaited? */
export function isForApprovers(topic: NotificationTopic): boolean {
  return topic.startsWith('approval-');
}

/** Claims of tokens (`Platform-Admins`) and subjects (`external:...`) are nobody in the catalog. */
function isEntityRef(claim: string | undefined): claim is string {
  return claim !== undefined && /^(group|user):[^/]+\/.+$/.test(claim);
}
