// What a change would do: cost, approval, and the objects that would be added, changed and removed, field by field.
import type { RequestPlan } from '../api';
import { textOf } from '../approvals/differences';
import { formatMoney, ToneBadge } from '../parts';
import styles from './ChangeView.module.css';
import { changesOf, type ObjectChange } from './changes';
import { MustAgree } from './MustAgree';

const WORDS: Record<ObjectChange['change'], { tone: 'good' | 'warning' | 'bad' | 'plain'; text: string }> = {
  added: { tone: 'good', text: 'Added' },
  changed: { tone: 'warning', text: 'Changed' },
  removed: { tone: 'bad', text: 'Removed' },
  unchanged: { tone: 'plain', text: 'Unchanged' },
};

export function ChangeView({ plan, before }: { plan: RequestPlan; before: number }) {
  const { currency, monthly } = plan.cost;
  const changes = changesOf(plan).filter(({ change }) => change !== 'unchanged');
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
      {changes.length > 0 && (
        <ul className={styles.changes} aria-label="Objects that change">
          {changes.map(object => (
            <li key={`${object.kind}/${object.namespace ?? ''}/${object.name}`}>
              <span className={styles.object}>
                <ToneBadge tone={WORDS[object.change].tone}>{WORDS[object.change].text}</ToneBadge> {object.kind} <strong>{object.name}</strong>
              </span>
              {object.fields?.map(({ path, from, to }) => (
                <span key={path} className={styles.field}>
                  <code>{path}</code> <del>{textOf(from)}</del> → <ins>{textOf(to)}</ins>
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
