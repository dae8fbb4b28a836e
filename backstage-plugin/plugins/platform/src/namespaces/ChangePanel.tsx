// Beside a form about something that stands: what sending it would do, as the backend has worked it out.
import type { ReactNode } from 'react';
import { LoadingState, ProblemNote } from '../parts';
import styles from './ChangePanel.module.css';
import { ChangeView } from './ChangeView';
import type { PlanState } from './usePlan';

export interface ChangePanelProps {
  title: string;
  plan: PlanState;
  /** What it costs now, in minor units a month. */
  before: number;
  /** Why sending it failed. */
  error?: unknown;
  /** Why there is no plan yet. */
  children: ReactNode;
}

export function ChangePanel({ title, plan, before, error, children }: ChangePanelProps) {
  return (
    <div className={styles.panel}>
      <h3 className={styles.title}>{title}</h3>
      {children && <p className={styles.quiet}>{children}</p>}
      {plan.isLoading && <LoadingState label="What it does is being worked out" rows={4} height={24} />}
      {plan.error !== undefined && <ProblemNote error={plan.error} />}
      {plan.value && <ChangeView plan={plan.value} before={before} />}
      {error !== undefined && <ProblemNote error={error} />}
    </div>
  );
}
