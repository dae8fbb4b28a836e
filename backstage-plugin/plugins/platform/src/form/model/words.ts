// What parameters and their values are called on pages: by the titles of the blueprint where it is known, else by their names.
import type { Blueprint } from './fields';

const MOMENT = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** What a field is called: its title, else its name as words. */
export function titleOf(field: string, blueprint?: Blueprint): string {
  return parameterOf(field, blueprint)?.title ?? fieldWords(field);
}

/** A value as the form shows it: options by their titles, moments as dates. */
export function valueWords(field: string, value: unknown, blueprint?: Blueprint): string {
  const { optionsFrom = '', format } = parameterOf(field, blueprint) ?? {};
  if (format === 'date-time' && typeof value === 'string') {
    return MOMENT.format(new Date(value));
  }
  const options = blueprint?.spec.tables?.[optionsFrom] ?? {};
  const titled = (one: unknown) => (typeof one === 'string' && Object.hasOwn(options, one) ? (options[one].title ?? one) : one);
  return textOf(Array.isArray(value) ? value.map(titled) : titled(value));
}

/** A value of a parameter or of an object's field, for people. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null || value === '') {
    return 'none';
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none' : [...value].map(textOf).sort().join(', ');
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A JSON pointer as people read it: labels have slashes of their own, which it writes as `~1`. */
export function pointerWords(pointer: string): string {
  return pointer.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A name as words: `resourceTier` is `Resource tier`. */
export function fieldWords(field: string): string {
  const words = field.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words[0].toUpperCase() + words.slice(1);
}

function parameterOf(field: string, blueprint?: Blueprint) {
  const parameters = blueprint?.spec.parameters ?? {};
  return Object.hasOwn(parameters, field) ? parameters[field] : undefined;
}
