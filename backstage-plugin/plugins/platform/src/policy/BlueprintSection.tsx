// One thing that can be requested: its options with what they cost, and its rules.
import { fieldWords } from '../form/model/words';
import { formatMoney, Section, Words } from '../parts';
import styles from './policy.module.css';
import type { BlueprintView } from './readDocuments';

export function BlueprintSection({ blueprint, currency }: { blueprint: BlueprintView; currency: string }) {
  const { name, title, description, tables, rules } = blueprint;
  return (
    <Section title={title ?? name}>
      {description && <p className={styles.quiet}>{description}</p>}
      {tables.map(table => (
        <div key={table.name}>
          <h4 className={styles.heading}>{fieldWords(table.name)}</h4>
          <ul className={styles.cards}>
            {table.options.map(option => (
              <li key={option.name}>
                <strong>{option.title ?? option.name}</strong>
                {option.monthlyCost !== undefined && (
                  <span>{option.monthlyCost === 0 ? 'Costs nothing' : `${formatMoney(option.monthlyCost, currency)} a month`}</span>
                )}
                {option.rest.length > 0 && <span>{option.rest.map(([key, value]) => `${key} ${value}`).join(', ')}</span>}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {rules.length > 0 && (
        <div>
          <h4 className={styles.heading}>Rules</h4>
          <ul className={styles.rules}>
            {rules.map(({ id, message, hint }) => (
              <li key={id}>
                <Words of={message} />
                <span className={styles.quiet}>
                  {' '}
                  {hint && <Words of={hint} />} <code>{id}</code>
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}
