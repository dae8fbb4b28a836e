// On the page of a group, or of a component that a group owns: the namespaces of that team, against its limits.
import { getCompoundEntityRef, type Entity, parseEntityRef, RELATION_OWNED_BY, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink, Card, CardBody, CardFooter, CardHeader, Text } from '@backstage/ui';
import { asProblem, type Documents, platformApiRef } from '../api';
import { useResource } from '../live';
import { formatMoney, LoadingState, Meter, ToneBadge } from '../parts';
import { notesOf } from '../namespaces/standing';
import { Link } from 'react-router-dom';
import { namespaceRouteRef, namespacesRouteRef, newRequestRouteRef } from '../routes';
import styles from './TeamNamespacesCard.module.css';

/** The rest is behind the link below. */
const MOST_SHOWN = 8;

export function TeamNamespacesCard() {
  const { entity } = useEntity();
  const api = useApi(platformApiRef);
  const newRequest = useRouteRef(newRequestRouteRef)?.();
  const all = useRouteRef(namespacesRouteRef)?.();
  const toNamespace = useRouteRef(namespaceRouteRef);
  const group = groupOf(entity);
  const found = useResource(group, async () => {
    const team = teamOf(group ?? '', await api.documents());
    const [usage, { items }] = await Promise.all([api.usage(team), api.namespaces({ team, limit: 200 })]);
    return { team, usage, items: items.filter(({ state }) => state !== 'gone') };
  });
  const { value } = found;

  return (
    <Card className={styles.card} data-card="team-namespaces">
      <CardHeader>
        <Text as="h2" variant="body-large" weight="bold" className={styles.title}>
          Namespaces of this team
        </Text>
      </CardHeader>
      <CardBody className={styles.body}>
        {!group && <p className={styles.words}>No group owns it. Namespaces belong to teams: say in its `spec.owner` which one it is of.</p>}
        {found.isLoading && <LoadingState label="Namespaces are loading" rows={3} height={28} />}
        {found.error !== undefined && !value && <Problem error={found.error} />}
        {value && (
          <>
            <Meter label="Namespaces" value={value.usage.namespaces.used} max={value.usage.namespaces.limit}>
              {value.usage.namespaces.used} of {value.usage.namespaces.limit}
            </Meter>
            <Meter label="Budget a month" value={value.usage.monthly.used} max={value.usage.monthly.budget}>
              {formatMoney(value.usage.monthly.used, value.usage.currency)} of {formatMoney(value.usage.monthly.budget, value.usage.currency)}
            </Meter>
            {value.items.length === 0 && <p className={styles.words}>The team has no namespace yet.</p>}
            <ul className={styles.list} aria-label="Namespaces">
              {value.items.slice(0, MOST_SHOWN).map(item => (
                <li key={`${item.cluster} ${item.name}`} className={styles.item}>
                  <Link to={toNamespace?.({ cluster: item.cluster, name: item.name }) ?? ''} className={styles.name}>
                    {item.name}
                  </Link>
                  <span className={styles.environment}>{item.environment}</span>
                  {notesOf(item).slice(0, 1).map(({ tone, text, title }) => (
                    <ToneBadge key={text} tone={tone} title={title}>
                      {text}
                    </ToneBadge>
                  ))}
                </li>
              ))}
            </ul>
          </>
        )}
      </CardBody>
      {value && (
        <CardFooter className={styles.footer}>
          {all && (
            <ButtonLink size="small" variant="secondary" href={`${all}?team=${encodeURIComponent(value.team)}`}>
              {value.items.length > MOST_SHOWN ? `All ${value.items.length} of them` : 'Open them'}
            </ButtonLink>
          )}
          {newRequest && (
            <ButtonLink
              size="small"
              variant="secondary"
              href={`${newRequest}?${new URLSearchParams({ blueprint: 'namespace', parameters: JSON.stringify({ team: value.team }) })}`}
            >
              Request one
            </ButtonLink>
          )}
        </CardFooter>
      )}
    </Card>
  );
}

function Problem({ error }: { error: unknown }) {
  const { kind, title, reason, advice } = asProblem(error);
  return (
    <p className={styles.words} role="alert">
      {kind === 'denied'
        ? 'What a team has is seen by its members and by the platform team.'
        : `${title}. ${reason} ${advice}`}
    </p>
  );
}

/** The group itself, or the one that owns the component. */
function groupOf(entity: Entity): string | undefined {
  if (entity.kind.toLowerCase() === 'group') {
    return stringifyEntityRef(getCompoundEntityRef(entity));
  }
  const owners = entity.relations?.filter(({ type }) => type === RELATION_OWNED_BY).map(({ targetRef }) => targetRef) ?? [];
  return owners.find(ref => parseEntityRef(ref).kind.toLowerCase() === 'group');
}

/** The team of the platform document that a group stands for: by its `catalogRef`, else by its name. */
function teamOf(group: string, { platform }: Documents): string {
  const { teams = {} } = platform.spec as { teams?: Record<string, { catalogRef?: string }> };
  const named = Object.entries(teams).find(([, { catalogRef }]) => catalogRef?.toLowerCase() === group.toLowerCase());
  return named?.[0] ?? parseEntityRef(group).name;
}
