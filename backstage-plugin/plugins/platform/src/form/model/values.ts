// The values of a form: what it begins with, and what of it is sent.
import type { Parameters } from '../policy';
import type { Field } from './fields';

/** What a form begins with: what was filled in before, then defaults, then the team where there is only one to choose. */
export function seed(fields: readonly Field[], given: Parameters, teams: readonly { name: string }[]): Parameters {
  const [onlyTeam, ...others] = teams;
  const values = Object.fromEntries(
    fields.map(({ name, kind, default: standard }) => {
      const isOnlyTeam = kind === 'team' && onlyTeam !== undefined && others.length === 0;
      return [name, given[name] ?? standard ?? (isOnlyTeam ? onlyTeam.name : undefined)];
    }),
  );
  return filled(values);
}

/** What is asked for: a field that is empty isn't there. */
export function filled(values: Parameters): Parameters {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''));
}
