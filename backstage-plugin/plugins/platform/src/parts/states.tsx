// What a page shows instead of its content. Each says what, why, and what to do.
import type { ReactNode } from 'react';
import { Alert, Button, Skeleton, Text } from '@backstage/ui';
import {
  RiCloudOffLine,
  RiEyeOffLine,
  RiGitMergeLine,
  RiInboxLine,
  RiLockLine,
  RiSpam2Line,
  RiTimerLine,
} from '@remixicon/react';
import { asProblem, type Problem } from '../api';
import styles from './states.module.css';
import { Words } from './Words';

const SIGNS: Record<Problem['kind'], typeof RiLockLine> = {
  denied: RiLockLine,
  missing: RiEyeOffLine,
  'signed-out': RiLockLine,
  busy: RiTimerLine,
  away: RiCloudOffLine,
  conflict: RiGitMergeLine,
  invalid: RiSpam2Line,
  failed: RiSpam2Line,
};

/** There is nothing, and that is in order. */
export function EmptyState({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.state}>
      <RiInboxLine size={32} aria-hidden="true" className={styles.sign} />
      <Text as="h3" variant="body-large" weight="bold" className={styles.title}>
        {title}
      </Text>
      <div className={styles.words}>{children}</div>
      {action}
    </div>
  );
}

/** Something went wrong, and there is nothing to show. */
export function ProblemState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { kind, title, reason, advice } = asProblem(error);
  const Sign = SIGNS[kind];
  return (
    <div className={styles.state} role="alert">
      <Sign size={32} aria-hidden="true" className={styles.sign} />
      <Text as="h3" variant="body-large" weight="bold" className={styles.title}>
        {title}
      </Text>
      <div className={styles.words}>
        <p>
          <Words of={reason} />
        </p>
        <p>{advice}</p>
      </div>
      {onRetry && kind !== 'denied' && (
        <Button variant="secondary" onPress={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** Something went wrong, and what was there stays. */
export function ProblemNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { kind, title, reason, advice, violations } = asProblem(error);
  const wrong = violations.filter(({ severity }) => severity === 'error');
  return (
    <div role="alert">
      <Alert
        status={kind === 'conflict' || kind === 'busy' ? 'warning' : 'danger'}
        icon
        title={title}
        description={
          wrong.length > 0 ? (
            <ul className={styles.violations}>
              {wrong.map(({ code, path, message, hint }) => (
                <li key={`${path} ${code}`}>
                  <Words of={message} />
                  {hint && (
                    <span className={styles.hint}>
                      {' '}
                      <Words of={hint} />
                    </span>
                  )}
                </li>
              ))}
            </ul>
          ) : (
            <>
              <Words of={reason} /> {advice}
            </>
          )
        }
        customActions={
          onRetry && (
            <Button size="small" variant="secondary" onPress={onRetry}>
              {kind === 'conflict' ? 'Look again' : 'Try again'}
            </Button>
          )
        }
      />
    </div>
  );
}

/** What is awaited, in the shape that it will have. */
export function LoadingState({ label, rows = 6, height = 56 }: { label: string; rows?: number; height?: number }) {
  return (
    <div role="status" aria-label={label} className={styles.loading}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} width="100%" height={height} />
      ))}
    </div>
  );
}
