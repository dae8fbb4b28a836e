// What a change would do: cost, approval, and the objects that would be added, changed and removed, field by field.
import type { RequestPlan } from '../api';
import { formatMoney } from '../parts';
import styles from './ChangeView.module.css';
import { changesOf } from './changes';
import { MustAgree } from './MustAgree';
import { ObjectChanges } from './ObjectChanges';

export function ChangeView({ plan, before }: { plan: RequestPlan; before: number }) {
  const { currency, monthly } = plan.cost;
  return (
    <div className={styles.view}>
      <p className={styles.cost}>
        {monthly === before ? (
          <>It costs the same: {formatMoney(monthly, currency)} a month.</>
        ) : (
          <>
            {formatMoney(before, currency)} → <strong>{formatMoney(monthly, currency)}</strong> a month (
            {monthly > before ? '+' : '−'}
            {formatMoney(Math.abs(monthly - before), currency)})
          </>
        )}
      </p>
      {plan.approval.required ? (
        <MustAgree plan={plan} />
      ) : (
        <p className={styles.quiet}>Nobody else has to agree.</p>
      )}
      <ObjectChanges changes={changesOf(plan)} />
    </div>
  );
}
