// Namespaces that carry Berth's labels, though no request has made them: for the platform team, who may adopt them.
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import type { UnmanagedNamespace } from '@berth/plugin-platform-common';
import { Section, When } from '../parts';
import { adoptRouteRef } from '../routes';
import styles from './UnmanagedList.module.css';

export function UnmanagedList({ items }: { items: readonly UnmanagedNamespace[] }) {
  const adopt = useRouteRef(adoptRouteRef)?.();
  return (
    <Section title="Without a request" tone="warning">
      <p className={styles.words}>
        These carry Berth’s labels, though no request has made them. To have one looked after, take its label <code>managed</code> off, then adopt it.
      </p>
      <ul className={styles.list} aria-label="Namespaces without a request">
        {items.map(({ name, cluster, team, environment, seenAt }) => (
          <li key={`${cluster} ${name}`} className={styles.item}>
            <span>
              <strong>{name}</strong>{' '}
              <span className={styles.place}>
                {[team, environment, cluster].filter(Boolean).join(' · ')}, seen <When at={seenAt} />
              </span>
            </span>
            {adopt && (
              <ButtonLink size="small" variant="secondary" href={`${adopt}?${queryOf({ name, team, environment })}`} aria-label={`Adopt ${name}`}>
                Adopt
              </ButtonLink>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function queryOf(given: Record<string, string | undefined>): string {
  return new URLSearchParams(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined)).toString();
}
