// The filters above a list of requests.
import { useEffect, useState } from 'react';
import { SearchField, Select, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type { Filters } from './useFilters';
import styles from './RequestFilters.module.css';
import { STATUS_CHOICES } from './words';

const VIEWS = [
  { id: 'mine', label: 'Mine' },
  { id: 'team', label: 'My teams’' },
  { id: 'all', label: 'All I may see' },
] as const;
/** While somebody types, nothing is asked. */
const TYPING_MS = 250;

export interface RequestFiltersProps {
  filters: Filters;
  onChange(change: Partial<Record<keyof Filters, string | undefined>>): void;
  environments: string[];
  /** Lists of one view alone show neither the views nor the states. */
  isBrief?: boolean;
}

export function RequestFilters({ filters, onChange, environments, isBrief }: RequestFiltersProps) {
  const [name, setName] = useState(filters.name ?? '');
  useEffect(() => {
    const timer = setTimeout(() => name !== (filters.name ?? '') && onChange({ name }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [name, filters.name, onChange]);

  return (
    <div className={styles.filters} role="search" aria-label="Filter requests">
      {!isBrief && (
        <ToggleButtonGroup
          aria-label="Whose requests"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[filters.view ?? 'mine']}
          onSelectionChange={keys => onChange({ view: String([...keys][0]) })}
        >
          {VIEWS.map(({ id, label }) => (
            <ToggleButton key={id} id={id}>
              {label}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      )}
      <div className={styles.name}>
        <SearchField aria-label="Part of the name" placeholder="Part of the name" size="small" value={name} onChange={setName} />
      </div>
      {!isBrief && (
        <Select
          aria-label="State"
          size="small"
          options={[{ value: '', label: 'Every state' }, ...STATUS_CHOICES]}
          value={filters.status ?? ''}
          onChange={value => onChange({ status: String(value ?? '') })}
        />
      )}
      <Select
        aria-label="Environment"
        size="small"
        options={[{ value: '', label: 'Every environment' }, ...environments.map(value => ({ value, label: value }))]}
        value={filters.environment ?? ''}
        onChange={value => onChange({ environment: String(value ?? '') })}
      />
    </div>
  );
}
