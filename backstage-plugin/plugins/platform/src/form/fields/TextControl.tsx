// Text: a line, several lines, or a list of one entry a line.
import styles from './fields.module.css';
import type { ControlProps } from './FieldControl';
import { FieldHead } from './FieldHead';

/** From here on it is said how many characters are left. */
const NEARLY_FULL = 0.8;

export function TextControl({ id, field, value, onChange, onBlur, describedBy, isInvalid }: ControlProps) {
  const text = typeof value === 'string' ? value : '';
  const common = {
    id,
    value: text,
    className: styles.input,
    'aria-describedby': describedBy,
    'aria-invalid': isInvalid || undefined,
    'aria-required': field.required || undefined,
    autoComplete: 'off',
    onBlur,
  };
  // Lengths count Unicode code points, as the core does.
  const length = [...text].length;
  return (
    <>
      <FieldHead id={id} field={field} />
      {field.kind === 'long-text' ? (
        <textarea {...common} rows={2} onChange={event => onChange(event.target.value)} />
      ) : (
        <input {...common} type="text" spellCheck={!field.isName} autoCapitalize="none" onChange={event => onChange(event.target.value)} />
      )}
      {field.maxLength !== undefined && length > field.maxLength * NEARLY_FULL && (
        <span className={styles.count}>{`${length} of ${field.maxLength} characters`}</span>
      )}
    </>
  );
}

export function LinesControl({ id, field, value, onChange, onBlur, describedBy, isInvalid }: ControlProps) {
  const lines = Array.isArray(value) ? value : [];
  return (
    <>
      <FieldHead id={id} field={{ ...field, description: [field.description, 'One entry a line.'].filter(Boolean).join(' ') }} />
      <textarea
        id={id}
        rows={3}
        className={styles.input}
        value={lines.join('\n')}
        aria-describedby={`${id}-about ${describedBy}`}
        aria-invalid={isInvalid || undefined}
        aria-required={field.required || undefined}
        onBlur={onBlur}
        onChange={event => onChange(event.target.value === '' ? [] : event.target.value.split('\n'))}
      />
    </>
  );
}
