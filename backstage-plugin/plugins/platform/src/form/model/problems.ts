// What is wrong with a request, sorted by field, and what heals it with one click. Whether something heals, the core says: it is asked
// about each word that its own hint names.
import type { Decision, Violation } from '@berth/core';
import type { Known, Parameters, Policy } from '../policy';
import { placeOf } from './paths';

/** What is wrong with a field, or worth knowing. */
export interface Problem extends Violation {
  /** The server says so, not the core here. */
  fromServer?: boolean;
  remedies: Remedy[];
}

/** Other parameters, with which the problem is gone. */
export interface Remedy {
  /** What the button says. */
  title: string;
  parameters: Parameters;
}

export interface Subject {
  policy: Policy;
  blueprint: string;
  parameters: Parameters;
  known: Known;
}

const MOST_REMEDIES = 4;

/**
 * The problems of each field; those of no field stand under the empty name.
 *
 * @param titles - of the fields, by which their names in messages and hints are told
 */
export function problemsByField(
  subject: Subject,
  decision: Decision,
  fromServer: readonly Violation[],
  titles: ReadonlyMap<string, string>,
): Map<string, Problem[]> {
  const byField = new Map<string, Problem[]>();
  const add = (problem: Problem) => {
    const { field } = placeOf(problem.path);
    const key = titles.has(field) ? field : '';
    const said = { message: inTitles(problem.message, titles), hint: hintOf(problem, titles) };
    byField.set(key, [...(byField.get(key) ?? []), { ...problem, ...said }]);
  };
  decision.violations.forEach(violation => add({ ...violation, remedies: remediesOf(subject, decision, violation) }));
  fromServer.forEach(violation => add({ ...violation, fromServer: true, remedies: [] }));
  return byField;
}

/** Where a field is missing, a form has nothing to add: it stands there empty. */
function hintOf({ code, hint }: Violation, titles: ReadonlyMap<string, string>): string | undefined {
  return code === 'required' || hint === undefined ? undefined : inTitles(hint, titles);
}

function inTitles(text: string, titles: ReadonlyMap<string, string>): string {
  return text.replace(/`([^`]*)`/g, (quoted, word: string) => titles.get(word) ?? quoted);
}

/** What heals a violation: each word of its hint, put in its place or taken out of a list, if the core then says it is gone. */
function remediesOf({ policy, blueprint, parameters, known }: Subject, decision: Decision, violation: Violation): Remedy[] {
  if (violation.code === 'required') {
    return [];
  }
  const words = [...(violation.hint ?? '').matchAll(/`([^`]+)`/g)].map(match => match[1] ?? '');
  return words
    .flatMap(word => [replaced(parameters, decision, violation, word), ...leftOut(parameters, decision, word)])
    .filter(remedy => remedy !== undefined)
    .filter(({ parameters: healed }) => {
      const { violations } = policy.decide(blueprint, healed, known, false);
      const isGone = !violations.some(({ code, path }) => code === violation.code && path === violation.path);
      return isGone && violations.length < decision.violations.length;
    })
    .slice(0, MOST_REMEDIES);
}

function replaced(parameters: Parameters, decision: Decision, violation: Violation, word: string): Remedy | undefined {
  const { field, index } = placeOf(violation.path);
  const value = parameters[field];
  const title = `Use ${titleOf(decision, field, word)}`;
  if (index === undefined) {
    return Array.isArray(value) || value === word ? undefined : { title, parameters: { ...parameters, [field]: word } };
  }
  if (!Array.isArray(value) || value.includes(word)) {
    return undefined;
  }
  return { title, parameters: { ...parameters, [field]: value.map((item, at) => (at === index ? word : item)) } };
}

function leftOut(parameters: Parameters, decision: Decision, word: string): Remedy[] {
  return Object.entries(parameters).flatMap(([field, value]) =>
    Array.isArray(value) && value.includes(word)
      ? [
          {
            title: `Leave out ${titleOf(decision, field, word)}`,
            parameters: { ...parameters, [field]: value.filter(item => item !== word) },
          },
        ]
      : [],
  );
}

function titleOf(decision: Decision, field: string, value: string): string {
  return decision.options?.[field]?.find(option => option.value === value)?.title ?? value;
}
