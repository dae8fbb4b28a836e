// What the core says about the documents: a list of places to go to, and one line that says how many there are.
import { byId, capital, el, fill, icon, sentence, set } from '../dom.js';
import type { Problem } from '../policy.js';
import type { Documents } from '../state.js';

const WORDS = { error: 'Error', warning: 'Warning', note: 'Note' } as const;

/** What can be done with a problem. */
export interface Actions {
  goTo: (problem: Problem) => void;
  /** Shows a request that has the problem. */
  tryExample: (request: Record<string, unknown>) => void;
}

/** Shows what is wrong with the documents, the worst first. */
export function showProblems(found: readonly Problem[], actions: Actions): void {
  const problems = Object.keys(WORDS).flatMap(severity => found.filter(problem => problem.severity === severity));
  const errors = count(problems, 'error');
  const warnings = count(problems, 'warning');
  const notes = count(problems, 'note');
  const words = [
    errors > 0 && many(errors, 'error'),
    warnings > 0 && many(warnings, 'warning'),
    notes > 0 && many(notes, 'note'),
  ].filter(word => word !== false);
  const first = problems.find(problem => problem.severity === 'error');
  const said = words.length === 0 ? 'Nothing to complain about' : words.join(', ');
  const status = byId('policy-status');
  const text = first === undefined ? said : `${said}: ${first.document}, line ${first.line}`;
  // Screen readers say what changes here: only what is new is written.
  if (status.textContent !== text) fill(status, text);
  byId('problems-panel').dataset.severity = errors > 0 ? 'error' : warnings > 0 ? 'warning' : 'fine';
  fill(byId('problems'), ...problems.map(problem => item(problem, actions)));
  for (const name of ['blueprint', 'platform'] as const) showBadge(name, problems);
}

function item(problem: Problem, { goTo, tryExample }: Actions): HTMLElement {
  const { severity, document: name, line, column, message, hint, example } = problem;
  return el(
    'li',
    { class: `problem ${severity}` },
    el(
      'button',
      { type: 'button', class: 'problem-place', onclick: () => goTo(problem) },
      icon(severity),
      el('span', { class: 'visually-hidden' }, `${WORDS[severity]}, `),
      el('span', { class: 'place' }, `${name}:${line}:${column}`),
      el('span', { class: 'message' }, ...sentence(capital(message))),
    ),
    hint !== undefined && el('p', { class: 'hint' }, ...sentence(capital(hint))),
    example !== undefined &&
      el('button', { type: 'button', class: 'link', onclick: () => tryExample(example) }, 'Try a request that shows it'),
  );
}

function showBadge(name: keyof Documents, problems: readonly Problem[]): void {
  const mine = problems.filter(problem => problem.document === name);
  const errors = count(mine, 'error');
  const badge = byId(`badge-${name}`);
  const shown = errors > 0 ? errors : count(mine, 'warning');
  badge.className = `badge ${errors > 0 ? 'error' : 'warning'}`;
  set(badge, 'hidden', shown === 0);
  fill(badge, String(shown), el('span', { class: 'visually-hidden' }, errors > 0 ? ' errors' : ' warnings'));
}

function count(problems: readonly Problem[], severity: Problem['severity']): number {
  return problems.filter(problem => problem.severity === severity).length;
}

function many(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
