// How much of a limit is used, as a bar with its figures beside it.
import type { ReactNode } from 'react';
import styles from './Meter.module.css';

export interface MeterProps {
  label: string;
  /** Used and limit in one unit. */
  value: number;
  max: number;
  /** What stands beside the bar, such as `3 of 12`. */
  children: ReactNode;
  /** What would be added by what is being looked at. */
  added?: number;
  /** The figures stand below the label, for narrow places. */
  isStacked?: boolean;
}

export function Meter({ label, value, max, children, added = 0, isStacked }: MeterProps) {
  const share = (part: number) => (max > 0 ? Math.min(100, Math.max(0, (part / max) * 100)) : 0);
  const total = value + added;
  return (
    <div className={styles.meter} data-level={levelOf(total, max)} data-stacked={isStacked || undefined}>
      <div className={styles.words}>
        <span>{label}</span>
        <span className={styles.figures}>{children}</span>
      </div>
      <div className={styles.bar} role="meter" aria-label={label} aria-valuenow={total} aria-valuemin={0} aria-valuemax={max}>
        <span className={styles.used} style={{ width: `${share(value)}%` }} />
        {added > 0 && <span className={styles.added} style={{ width: `${share(total) - share(value)}%` }} />}
      </div>
    </div>
  );
}

/** Nobody need read the figures to see that little is left. */
function levelOf(total: number, max: number): 'fine' | 'high' | 'full' {
  if (total > max || total >= max * 0.95) {
    return total > 0 ? 'full' : 'fine';
  }
  return total >= max * 0.8 ? 'high' : 'fine';
}
