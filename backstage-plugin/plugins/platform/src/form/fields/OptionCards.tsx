// Options as cards: one of them, or several. One that can't be chosen is grey, says why, and can still be reached by keyboard and read
// by a screen reader; only choosing it does nothing.
import type { OptionState } from '@berth/core';
import { formatMoney, Words } from '../../parts';
import styles from './fields.module.css';
import type { ControlProps } from './FieldControl';
import { FieldHead } from './FieldHead';

export interface OptionCardsProps extends ControlProps {
  options: readonly OptionState[];
  currency: string;
  /** Several may be chosen. */
  isMultiple: boolean;
}

export function OptionCards({ id, field, value, onChange, onBlur, describedBy, isInvalid, options, currency, isMultiple }: OptionCardsProps) {
  const chosen = isMultiple ? asList(value) : [value];
  const choose = (option: OptionState) => {
    if (!isMultiple) {
      onChange(option.value);
    } else if (chosen.includes(option.value)) {
      onChange(chosen.filter(one => one !== option.value));
    } else {
      // In the order of the options, so that the same choice is the same request.
      const known = options.map(one => one.value).filter(one => one === option.value || chosen.includes(one));
      onChange([...known, ...chosen.filter(one => !known.includes(String(one)))]);
    }
  };
  return (
    <fieldset className={styles.options} aria-describedby={describedBy} aria-invalid={isInvalid || undefined} onBlur={onBlur}>
      <FieldHead id={id} field={field} isGroup />
      <div className={styles.cards}>
        {options.map(option => {
          const isChosen = chosen.includes(option.value);
          const isBarred = !option.allowed && !isChosen;
          const noteId = `${id}-${option.value}`;
          const note = !option.allowed ? option.reason : undefined;
          return (
            <label key={option.value} className={styles.card} data-chosen={isChosen || undefined} data-barred={isBarred || undefined}>
              <input
                type={isMultiple ? 'checkbox' : 'radio'}
                name={id}
                value={option.value}
                checked={isChosen}
                aria-disabled={isBarred || undefined}
                aria-describedby={note ? noteId : undefined}
                onChange={() => !isBarred && choose(option)}
              />
              <span className={styles.cardTitle}>{option.title ?? option.value}</span>
              {option.monthlyCost > 0 && (
                <span className={styles.cardCost}>
                  {isMultiple && '+'}
                  {formatMoney(option.monthlyCost, currency)}
                  <span className={styles.quiet}> a month</span>
                </span>
              )}
              {note && (
                <span id={noteId} className={styles.cardNote}>
                  <Words of={note} />
                </span>
              )}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
