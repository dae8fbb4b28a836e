// For who waits: until when, and a word that can be sent to those who must answer.
import { useState } from 'react';
import { Button } from '@backstage/ui';
import { RiFileCopyLine } from '@remixicon/react';
import type { RequestDetail } from '@berth/plugin-platform-common';
import { When } from '../parts';
import styles from './ApprovalPanel.module.css';

export function Nudge({ request }: { request: RequestDetail }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(
      `Could you look at the request for ${request.name} (${request.team}, ${request.environment})? It waits for your approval: ${window.location.href}`,
    );
    setCopied(true);
  };
  return (
    <div className={styles.nudge}>
      <span>
        {request.expiresAt && (
          <>
            Without an answer it ends <When at={request.expiresAt} />.{' '}
          </>
        )}
        The approvers were notified when it was asked for.
      </span>
      <Button size="small" variant="secondary" iconStart={<RiFileCopyLine />} onPress={copy}>
        {copied ? 'Copied: paste it into a message' : 'Copy a reminder'}
      </Button>
    </div>
  );
}
