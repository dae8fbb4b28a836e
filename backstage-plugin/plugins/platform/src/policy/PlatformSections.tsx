// Environments, teams and what no request may take.
import { AnyOf, formatMoney, Section } from '../parts';
import styles from './policy.module.css';
import type { Environment, PolicyView } from './readDocuments';

export function PlatformSections({ policy, isCut }: { policy: PolicyView; isCut: boolean }) {
  const { environments, teams, defaults, reserved, currency } = policy;
  return (
    <>
      <Section title="Environments">
        <ul className={styles.cards}>
          {environments.map(({ name, title, cluster, podSecurity, approval, lifetime }) => (
            <li key={name}>
              <strong>{title ?? name}</strong>
              <span>
                On {cluster}
                {podSecurity && `, pods ${podSecurity}`}
              </span>
              <span>
                {approval ? (
                  <>
                    <AnyOf groups={approval.by} />{' '}
                    must agree{approval.count && approval.count > 1 ? ` (${approval.count} people)` : ''}
                    {approval.reason && `: ${approval.reason}`}
                  </>
                ) : (
                  'Nobody has to agree'
                )}
              </span>
              <span>{lifetimeWords(lifetime)}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={isCut ? 'Your teams' : 'Teams'}>
        <ul className={styles.cards}>
          {teams.map(({ name, title, namespaces, budget }) => (
            <li key={name}>
              <strong>{title ?? name}</strong>
              <span>
                {namespaces} namespaces, {formatMoney(budget, currency)} a month
              </span>
            </li>
          ))}
          <li>
            <strong>Every other team</strong>
            <span>
              {defaults.namespaces} namespaces, {formatMoney(defaults.budget, currency)} a month
            </span>
          </li>
        </ul>
        {reserved.length > 0 && <p className={styles.quiet}>Names that nobody gets: {reserved.join(', ')}</p>}
      </Section>
    </>
  );
}

function lifetimeWords({ default: usual, maximum }: NonNullable<Environment['lifetime']> = {}): string {
  const days = usual ?? maximum;
  if (days === undefined) {
    return 'Stays until it is given back';
  }
  const most = maximum === undefined ? '' : `, ${maximum} at most`;
  return `Stays ${days} days unless the request says otherwise${most}`;
}
