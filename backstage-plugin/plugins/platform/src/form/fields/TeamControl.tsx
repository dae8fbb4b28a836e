// The team: cards while they are few, a line with suggestions when they are many. Which teams may be asked for, the core has said.
import styles from './fields.module.css';
import type { ControlProps } from './FieldControl';
import { FieldHead } from './FieldHead';
import { OptionCards } from './OptionCards';

const MOST_CARDS = 4;

export interface TeamControlProps extends ControlProps {
  teams: readonly { name: string; title?: string }[];
  currency: string;
}

export function TeamControl({ teams, ...control }: TeamControlProps) {
  const { id, field, value, onChange, onBlur, describedBy, isInvalid } = control;
  const isKnown = value === undefined || teams.some(({ name }) => name === value);
  if (teams.length > 0 && teams.length <= MOST_CARDS && isKnown) {
    const options = teams.map(({ name, title }) => ({ value: name, title, monthlyCost: 0, allowed: true }));
    return <OptionCards {...control} options={options} isMultiple={false} />;
  }
  return (
    <>
      <FieldHead id={id} field={field} />
      <input
        id={id}
        type="text"
        list={`${id}-teams`}
        className={styles.input}
        value={typeof value === 'string' ? value : ''}
        aria-describedby={describedBy}
        aria-invalid={isInvalid || undefined}
        aria-required={field.required || undefined}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onBlur={onBlur}
        onChange={event => onChange(event.target.value)}
      />
      <datalist id={`${id}-teams`}>
        {teams.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </datalist>
    </>
  );
}
