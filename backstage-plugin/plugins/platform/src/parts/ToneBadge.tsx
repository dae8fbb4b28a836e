// A short word with a colour and a sign: never the colour alone.
import type { ReactNode } from 'react';
import {
  RiCheckLine,
  RiCloseLine,
  RiErrorWarningLine,
  RiForbidLine,
  RiInformationLine,
  RiLoader4Line,
  RiTimeLine,
} from '@remixicon/react';
import styles from './ToneBadge.module.css';

/** What a badge says by its colour and sign. */
export type Tone = 'good' | 'busy' | 'waiting' | 'bad' | 'stopped' | 'warning' | 'plain';

const SIGNS: Record<Tone, typeof RiCheckLine> = {
  good: RiCheckLine,
  busy: RiLoader4Line,
  waiting: RiTimeLine,
  bad: RiCloseLine,
  stopped: RiForbidLine,
  warning: RiErrorWarningLine,
  plain: RiInformationLine,
};

export function ToneBadge({ tone, children, title }: { tone: Tone; children: ReactNode; title?: string }) {
  const Sign = SIGNS[tone];
  return (
    <span className={styles.badge} data-tone={tone} title={title}>
      <Sign size={14} className={styles.sign} aria-hidden="true" />
      {children}
    </span>
  );
}
