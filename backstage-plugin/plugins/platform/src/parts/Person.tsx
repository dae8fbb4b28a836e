// A person or a group by the name that the catalog has for it.
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef, useEntityPresentation } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import styles from './Person.module.css';

export interface PersonProps {
  /** An entity, such as `user:default/ada`; other subjects, such as `external:ada`, are shown as they are. */
  of: string;
  /** Without the link to the catalog. */
  isPlain?: boolean;
}

export function Person({ of, isPlain }: PersonProps) {
  return isEntityRef(of) ? (
    <Entity entityRef={of} isPlain={isPlain} />
  ) : (
    <span>{of === 'system' ? 'Berth' : of.replace(/^(external|service):/, '')}</span>
  );
}

function Entity({ entityRef, isPlain }: { entityRef: string; isPlain?: boolean }) {
  const { primaryTitle } = useEntityPresentation(entityRef);
  const toEntity = useRouteRef(entityRouteRef);
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const href = toEntity?.({ kind: kind.toLowerCase(), namespace, name });
  return href && !isPlain ? (
    <Link href={href} className={styles.link} title={stringifyEntityRef({ kind, namespace, name })}>
      {primaryTitle}
    </Link>
  ) : (
    <span>{primaryTitle}</span>
  );
}

function isEntityRef(ref: string): boolean {
  return /^[a-z]+:[^/:]+\/[^/]+$/i.test(ref);
}
