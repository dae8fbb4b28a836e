// Who must agree to what is about to be asked for, and why.
import type { RequestPlan } from '../api';
import { AnyOf } from '../parts';
import styles from './MustAgree.module.css';

/** Nothing where nobody has to. */
export function MustAgree({ plan }: { plan: RequestPlan }) {
  return plan.approval.required ? (
    <ul className={styles.list}>
      {plan.approval.requirements.map(({ id, by, reason }) => (
        <li key={id}>
          <AnyOf groups={by} />{' '}
          must agree: {reason}.
        </li>
      ))}
    </ul>
  ) : null;
}
