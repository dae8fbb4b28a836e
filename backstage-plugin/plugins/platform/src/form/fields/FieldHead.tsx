// The label of a field, and what it is for: `<id>-about`.
import type { Field } from '../model/fields';
import styles from './fields.module.css';

export interface FieldHeadProps {
  field: Field;
  id: string;
  /** A group of controls has a legend; the label of a single one stands above it. */
  isGroup?: boolean;
}

export function FieldHead({ field, id, isGroup = false }: FieldHeadProps) {
  const words = (
    <>
      {field.title}
      {field.required && <span className={styles.required}>Required</span>}
    </>
  );
  return (
    <>
      {isGroup ? (
        <legend className={styles.label}>{words}</legend>
      ) : (
        <label className={styles.label} htmlFor={id}>
          {words}
        </label>
      )}
      {field.description && (
        <p id={`${id}-about`} className={styles.description}>
          {field.description}
        </p>
      )}
    </>
  );
}
