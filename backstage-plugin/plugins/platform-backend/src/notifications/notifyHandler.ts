/** The outbox's handler of `notify`: tells people through Backstage's notifications. Telling twice shows once. */
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { OutboxRow } from '../database/OutboxStore';
import type { OutboxHandler } from '../outbox/OutboxWorker';
import type { Notification, StoredRequest } from '../requests/model';
import { payloadOf } from './messages';
import { isForApprovers, recipientsOf } from './recipients';
import type { FormatMoney } from './words';

export interface NotifyDeps {
  notifications: NotificationService;
  requests: { find(id: string): Promise<StoredRequest | undefined> };
  logger: LoggerService;
  formatMoney: FormatMoney;
}

/** The handler; what it throws has the row tried again. */
export function createNotifyHandler({ notifications, requests, logger, formatMoney }: NotifyDeps): OutboxHandler {
  return async (row: OutboxRow) => {
    const notification: Notification = JSON.parse(row.payload);
    const request = await requests.find(row.requestId);
    if (!request || isOutdated(notification, request)) {
      return undefined;
    }
    const recipients = recipientsOf(notification, request);
    if (recipients) {
      await notifications.send({ recipients, payload: payloadOf(notification, request, formatMoney) });
    } else if (isForApprovers(notification.topic)) {
      logger.warn(
        `nobody is told that the request \`${request.id}\` waits for an approval: its approvers are claims of tokens; ` +
          'name a group of the catalog (`group:default/...`) in the platform document',
      );
    }
    return undefined;
  };
}

/** After a long wait in the outbox nobody needs to approve what no longer waits. */
function isOutdated({ topic }: Notification, { status }: StoredRequest): boolean {
  return isForApprovers(topic) && status !== 'pending-approval';
}
