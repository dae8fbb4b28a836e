// Whole numbers, and yes or no.
import { Switch } from '@backstage/ui';
import styles from './fields.module.css';
import type { ControlProps } from './FieldControl';
import { FieldHead } from './FieldHead';

export function NumberControl({ id, field, value, onChange, onBlur, describedBy, isInvalid }: ControlProps) {
  return (
    <>
      <FieldHead id={id} field={field} />
      <input
        id={id}
        type="number"
        step={1}
        min={field.minimum}
        max={field.maximum}
        className={styles.input}
        value={typeof value === 'number' ? value : ''}
        aria-describedby={describedBy}
        aria-invalid={isInvalid || undefined}
        aria-required={field.required || undefined}
        onBlur={onBlur}
        onChange={event => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
      />
    </>
  );
}

export function SwitchControl({ id, field, value, onChange, describedBy }: ControlProps) {
  return (
    <>
      <Switch id={id} isSelected={value === true} aria-describedby={describedBy} onChange={onChange} label={field.title} />
      {field.description && (
        <p id={`${id}-about`} className={styles.description}>
          {field.description}
        </p>
      )}
    </>
  );
}
