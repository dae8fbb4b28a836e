// Text to take along: commands, manifests. One click copies it, and says so.
import { useState } from 'react';
import { ButtonIcon } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import styles from './CodeBlock.module.css';

export function CodeBlock({ text, label, maxHeight }: { text: string; label: string; maxHeight?: number }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <div className={styles.block}>
      {/* A region that scrolls must be reachable by keyboard. */}
      <pre className={styles.text} style={{ maxHeight }} tabIndex={0} aria-label={label}>
        <code>{text}</code>
      </pre>
      <span className={styles.copy}>
        <ButtonIcon
          size="small"
          variant="secondary"
          aria-label={copied ? 'Copied' : `Copy: ${label}`}
          icon={copied ? <RiCheckLine /> : <RiFileCopyLine />}
          onPress={copy}
        />
      </span>
      <span role="status" className={styles.status}>
        {copied ? 'Copied' : ''}
      </span>
    </div>
  );
}
