// One field of a form: its control by kind, what is wrong with it, and what the server says of the name. It is drawn again only when
// something about it changes, so that a keystroke costs one field.
import type { OptionState } from '@berth/core';
import { memo, useId } from 'react';
import type { Field } from '../model/fields';
import type { Problem, Remedy } from '../model/problems';
import type { NameState } from '../useServerFacts';
import styles from './fields.module.css';
import { MomentControl } from './MomentControl';
import { NameNote } from './NameNote';
import { NumberControl, SwitchControl } from './NumberControl';
import { OptionCards } from './OptionCards';
import { Problems } from './Problems';
import { TeamControl } from './TeamControl';
import { LinesControl, TextControl } from './TextControl';

/** What every control gets. */
export interface ControlProps {
  /** Of the control; its description is `<id>-about`. */
  id: string;
  field: Field;
  value: unknown;
  onChange(value: unknown): void;
  onBlur(): void;
  /** Ids of what describes the control. */
  describedBy: string;
  isInvalid: boolean;
}

export interface FieldControlProps {
  field: Field;
  value: unknown;
  problems: readonly Problem[];
  options?: readonly OptionState[];
  teams?: readonly { name: string; title?: string }[];
  currency: string;
  /** Of the field that holds the name. */
  name?: NameState;
  onChange(field: string, value: unknown): void;
  onBlur(field: string): void;
  onRemedy(remedy: Remedy): void;
}

export const FieldControl = memo(PlainFieldControl, looksTheSame);

function PlainFieldControl({ field, value, problems, options = [], teams = [], currency, name, onChange, onBlur, onRemedy }: FieldControlProps) {
  const id = useId();
  const problemsId = `${id}-problems`;
  const nameId = `${id}-name`;
  const control: ControlProps = {
    id,
    field,
    value,
    onChange: next => onChange(field.name, next),
    onBlur: () => onBlur(field.name),
    describedBy: [field.description && `${id}-about`, problemsId, name && nameId].filter(Boolean).join(' '),
    isInvalid: problems.some(({ severity }) => severity === 'error'),
  };
  return (
    <div className={styles.field} data-field={field.name}>
      {controlOf(control, options, teams, currency)}
      {name && <NameNote id={nameId} state={name} />}
      <Problems id={problemsId} problems={problems} onRemedy={onRemedy} />
    </div>
  );
}

function looksTheSame(before: FieldControlProps, after: FieldControlProps): boolean {
  return (
    before.value === after.value &&
    before.name === after.name &&
    before.field === after.field &&
    before.teams === after.teams &&
    before.currency === after.currency &&
    before.onChange === after.onChange &&
    before.onRemedy === after.onRemedy &&
    isSame(before.problems, after.problems) &&
    isSame(before.options, after.options)
  );
}

function controlOf(
  control: ControlProps,
  options: readonly OptionState[],
  teams: readonly { name: string; title?: string }[],
  currency: string,
) {
  switch (control.field.kind) {
    case 'team':
      return <TeamControl {...control} teams={teams} currency={currency} />;
    case 'choice':
    case 'choices':
      return <OptionCards {...control} options={options} currency={currency} isMultiple={control.field.kind === 'choices'} />;
    case 'number':
      return <NumberControl {...control} />;
    case 'switch':
      return <SwitchControl {...control} />;
    case 'date':
    case 'moment':
      return <MomentControl {...control} />;
    case 'lines':
      return <LinesControl {...control} />;
    default:
      return <TextControl {...control} />;
  }
}

/** The core gives new objects with every answer; what stands in them is mostly the same. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
