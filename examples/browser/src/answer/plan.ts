// The plan: what is made, in which order, and why; what isn't needed.
import type { Plan, PlanStep } from '@berth/core';
import { el, sentence, type Child } from '../dom.js';

/** The steps of a plan as a list. */
export function planList(plan: Plan): HTMLElement {
  return el(
    'div',
    { class: 'plan' },
    el('ol', { class: 'steps' }, ...plan.steps.map(step)),
    plan.skipped.length > 0 && el('h3', {}, 'Not needed'),
    plan.skipped.length > 0 &&
      el(
        'ul',
        { class: 'skipped' },
        ...plan.skipped.map(({ title, reason }) => el('li', {}, el('strong', {}, title), ' ', ...sentence(reason))),
      ),
  );
}

function step({ id, title, after, reason, objects, verify }: PlanStep): HTMLElement {
  const notes: Child[] = [
    after.length > 0 && el('span', {}, 'after ', ...after.flatMap((name, index) => [index > 0 ? ', ' : '', el('code', {}, name)])),
    reason !== 'always' && el('span', {}, ...sentence(reason)),
  ];
  return el(
    'li',
    { class: 'step' },
    el('div', { class: 'step-head' }, el('strong', {}, title), ' ', el('code', {}, id)),
    el('div', { class: 'step-notes' }, ...notes),
    el('ul', { class: 'objects' }, ...objects.map(object => el('li', {}, el('span', { class: 'kind' }, object.kind), object.name))),
    verify.length > 0 &&
      el(
        'ul',
        { class: 'verify' },
        ...verify.map(({ kind, name, jsonpath, expected }) =>
          el('li', {}, 'then ', el('code', {}, jsonpath), ` of ${kind} ${name} must be `, el('code', {}, expected)),
        ),
      ),
  );
}
