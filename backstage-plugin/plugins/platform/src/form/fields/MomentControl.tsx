// A day, or a moment: people choose it in their own time, and the request holds RFC 3339.
import styles from './fields.module.css';
import type { ControlProps } from './FieldControl';
import { FieldHead } from './FieldHead';

export function MomentControl({ id, field, value, onChange, onBlur, describedBy, isInvalid }: ControlProps) {
  const isDay = field.kind === 'date';
  const text = typeof value === 'string' ? value : '';
  return (
    <>
      <FieldHead id={id} field={field} />
      <input
        id={id}
        type={isDay ? 'date' : 'datetime-local'}
        className={styles.input}
        value={shown(text, isDay)}
        aria-describedby={describedBy}
        aria-invalid={isInvalid || undefined}
        aria-required={field.required || undefined}
        onBlur={onBlur}
        onChange={event => onChange(sent(event.target.value, isDay))}
      />
    </>
  );
}

/** `2027-06-30T18:00:00Z` in the browser's own time. */
function shown(value: string, isDay: boolean): string {
  const moment = new Date(value);
  if (isDay || value === '' || Number.isNaN(moment.getTime())) {
    return isDay ? value : '';
  }
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

function sent(value: string, isDay: boolean): string | undefined {
  if (value === '') {
    return undefined;
  }
  return isDay ? value : new Date(value).toISOString().replace('.000Z', 'Z');
}
