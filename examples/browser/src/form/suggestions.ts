// What a hint of the core proposes, as something to click.
import type { OptionState, Violation } from '@berth/core';

/** A value for a field; `undefined` leaves it out. */
export interface Suggestion {
  label: string;
  value: unknown;
}

const MOST = 4;

/**
 * The values that a violation's hint names in backticks: `did you mean \`payments-checkout\`?` for a text, options that may be
 * chosen for a choice, and options to add or to leave out for a list.
 */
export function suggestions({ code, hint }: Violation, value: unknown, options: readonly OptionState[] | undefined): Suggestion[] {
  if (code === 'unknown-field') return [{ label: 'Leave it out', value: undefined }];
  const named = [...(hint ?? '').matchAll(/`([^`]+)`/g)].map(match => match[1] ?? '');
  if (options === undefined) {
    const [meant] = named;
    return hint?.startsWith('did you mean') && meant !== undefined ? [{ label: `Use ${meant}`, value: meant }] : [];
  }
  const known = named.filter(name => options.some(option => option.value === name && option.allowed));
  if (!Array.isArray(value)) return known.slice(0, MOST).map(name => ({ label: `Choose ${title(name, options)}`, value: name }));
  return named
    .filter(name => value.includes(name))
    .slice(0, MOST)
    .map(name => ({ label: `Leave out ${title(name, options)}`, value: value.filter(chosen => chosen !== name) }));
}

function title(value: string, options: readonly OptionState[]): string {
  return options.find(option => option.value === value)?.title ?? value;
}
