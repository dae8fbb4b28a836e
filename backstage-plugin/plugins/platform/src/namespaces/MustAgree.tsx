// Who must agree to what is about to be asked for, and why.
import type { RequestPlan } from '../api';
import { Person } from '../parts';
import styles from './MustAgree.module.css';

/** Nothing where nobody has to. */
export function MustAgree({ plan }: { plan: RequestPlan }) {
  return plan.approval.required ? (
    <ul className={styles.list}>
      {plan.approval.requirements.map(({ id, by, reason }) => (
        <li key={id}>
          {by.map((group, index) => (
            <span key={group}>
              {index > 0 && ' or '}
              <Person of={group} />
            </span>
          ))}{' '}
          must agree: {reason}.
        </li>
      ))}
    </ul>
  ) : null;
}
