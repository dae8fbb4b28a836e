/** A notification as Backstage takes it. Who is told is `recipients`' matter, what, `words`'. */
import type { NotificationPayload } from '@backstage/plugin-notifications-common';
import { requestPath } from '@berth/plugin-platform-common';
import type { Notification, StoredRequest } from '../requests/model';
import { isForApprovers } from './recipients';
import { type FormatMoney, wordsOf } from './words';

/** The payload for Backstage. A later one about the same request takes the place of an earlier one. */
export function payloadOf(
  notification: Notification,
  request: StoredRequest,
  formatMoney: FormatMoney,
): NotificationPayload {
  const { title, text, severity = 'normal' } = wordsOf(notification, request, formatMoney);
  const isApproval = isForApprovers(notification.topic);
  return {
    title,
    description: text,
    severity,
    link: requestPath(request.id),
    topic: isApproval ? 'Approvals' : 'Requests',
    scope: `platform:${request.id}:${isApproval ? 'approval' : 'state'}`,
    metadata: { requestId: request.id },
  };
}
