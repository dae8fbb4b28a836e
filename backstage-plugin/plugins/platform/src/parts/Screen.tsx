// The frame of a page: its width, its distance to the edges and its title. The tabs above it, and the first heading, are Backstage's.
import type { ReactNode } from 'react';
import { Text } from '@backstage/ui';
import styles from './Screen.module.css';

export function Screen({ title, lead, actions, children }: { title: ReactNode; lead?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <main className={styles.screen}>
      <div className={styles.head}>
        <div className={styles.titles}>
          <Text as="h2" variant="title-small" weight="bold" className={styles.title}>
            {title}
          </Text>
          {lead && <div className={styles.lead}>{lead}</div>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </main>
  );
}
