// A namespace in a list: where it is, what it uses and costs, and what is to be known of it.
import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { StandingNamespace } from '../api';
import { Clickable, Meter, Money, ToneBadge } from '../parts';
import { namespaceRouteRef } from '../routes';
import styles from './NamespaceRow.module.css';
import { notesOf, usageOf } from './standing';

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

export function NamespaceRow({ namespace }: { namespace: StandingNamespace }) {
  const toNamespace = useRouteRef(namespaceRouteRef);
  const { name, cluster, team, environment, cost, parameters, expiresAt } = namespace;
  const usage = usageOf(namespace).filter(({ resource }) => ['CPU', 'Memory', 'Pods'].includes(resource));
  const notes = notesOf(namespace);
  return (
    <li className={styles.row}>
      <span className={styles.name}>
        <Clickable to={toNamespace?.({ cluster, name }) ?? ''}>{name}</Clickable>
        <span className={styles.place}>
          {[team, environment, parameters.resourceTier, cluster, expiresAt && `until ${DATE.format(new Date(expiresAt))}`].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className={styles.notes}>
        {notes.map(({ tone, text, title }) => (
          <ToneBadge key={text} tone={tone} title={title}>
            {text}
          </ToneBadge>
        ))}
      </span>
      <span className={styles.usage}>
        {usage.map(({ resource, used, hard, words }) => (
          <Meter key={resource} label={resource} value={used} max={hard} isStacked>
            {words}
          </Meter>
        ))}
      </span>
      <span className={styles.cost}>
        <Money minor={cost.monthly} currency={cost.currency} monthly />
      </span>
    </li>
  );
}
