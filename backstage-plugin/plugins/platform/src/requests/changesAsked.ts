// What approvers want to be different: the last who asked for it, until the request is changed.
import type { RequestDetail, RequestEvent } from '@berth/plugin-platform-common';

export function changesAskedIn({ status, changesAskedAt }: RequestDetail, events: readonly RequestEvent[]): RequestEvent | undefined {
  return status === 'pending-approval' && changesAskedAt ? events.findLast(({ action }) => action === 'changes-asked') : undefined;
}
