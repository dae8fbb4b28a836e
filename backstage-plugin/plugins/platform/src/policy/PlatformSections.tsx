// Environments, teams and what no request may take.
import { formatMoney, Person, Section } from '../parts';
import styles from './policy.module.css';
import type { PolicyView } from './readDocuments';

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
                    {approval.by.map((group, index) => (
                      <span key={group}>
                        {index > 0 && ' or '}
                        <Person of={group} />
                      </span>
                    ))}{' '}
                    must agree{approval.count && approval.count > 1 ? ` (${approval.count} people)` : ''}
                    {approval.reason && `: ${approval.reason}`}
                  </>
                ) : (
                  'Nobody has to agree'
                )}
              </span>
              {lifetime?.default !== undefined && <span>Stays {lifetime.default} days unless said otherwise</span>}
              {lifetime?.maximum !== undefined && <span>Stays {lifetime.maximum} days at most</span>}
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
