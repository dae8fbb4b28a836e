// A part of a page with a heading of its own.
import { type ReactNode, useId } from 'react';
import { BgProvider, Text } from '@backstage/ui';
import styles from './Section.module.css';

export function Section({ title, aside, tone, children }: { title: string; aside?: ReactNode; tone?: 'warning' | 'danger'; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.section} data-tone={tone} aria-labelledby={id}>
      {/* So that buttons stand out from it. */}
      <BgProvider bg="neutral-1">
        <div className={styles.head}>
          <Text as="h3" variant="body-large" weight="bold" id={id} className={styles.title}>
            {title}
          </Text>
          {aside}
        </div>
        {children}
      </BgProvider>
    </section>
  );
}
