// For who waits: until when, and a way to bring it to the approvers' mind. How often that is possible, the backend says.
import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { RiNotification3Line } from '@remixicon/react';
import type { RequestDetail } from '@berth/plugin-platform-common';
import { platformApiRef } from '../api';
import { useResource } from '../live';
import { ConfirmDialog, When } from '../parts';
import styles from './ApprovalPanel.module.css';

export interface NudgeProps {
  request: RequestDetail;
  onChange(request: RequestDetail): void;
}

export function Nudge({ request, onChange }: NudgeProps) {
  const api = useApi(platformApiRef);
  const { requestId, version, name, expiresAt } = request;
  const events = useResource(`events ${requestId} ${version}`, () => api.events(requestId));
  const [isAsking, setAsking] = useState(false);
  const last = events.value?.findLast(({ action }) => action === 'nudged' || action === 'reminded');
  return (
    <div className={styles.nudge}>
      <span>
        {expiresAt && (
          <>
            Without an answer it ends <When at={expiresAt} />.{' '}
          </>
        )}
        {last ? (
          <>
            The approvers were reminded <When at={last.at} />.
          </>
        ) : (
          'The approvers were notified when it was asked for.'
        )}
      </span>
      <Button size="small" variant="secondary" iconStart={<RiNotification3Line />} onPress={() => setAsking(true)}>
        Remind them
      </Button>
      {isAsking && (
        <ConfirmDialog
          title="Remind the approvers?"
          action="Remind them"
          comment={{ label: 'A word to them', description: `Such as by when ${name} is needed. It stands in the audit trail, too.` }}
          onConfirm={async comment => onChange(await api.nudge(requestId, comment))}
          onClose={() => setAsking(false)}
        >
          They get a notification that leads to this page. That can be done once an hour.
        </ConfirmDialog>
      )}
    </div>
  );
}
