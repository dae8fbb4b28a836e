// The decision in a line, and its two halves that are about people: what it costs, and who must agree.
import type { Approval, Budget, Cost, Decision } from '@berth/core';
import { byId, capital, el, fill, icon, sentence, set } from '../dom.js';
import { amount } from '../money.js';

/** Shows the decision; `undefined` when there are no documents to decide by. */
export function showVerdict(decision: Decision | undefined): void {
  const verdict = byId('verdict');
  const { state, words } = summary(decision);
  verdict.dataset.state = state;
  const text = byId('verdict-text');
  // Screen readers say what changes here: only what is new is written.
  if (text.textContent !== words) {
    fill(byId('verdict-icon'), icon(state === 'refused' ? 'error' : state === 'approval' ? 'person' : 'fine'));
    fill(text, words);
  }
  fill(byId('verdict-cost'), ...(decision === undefined ? [] : [el('strong', {}, amount(decision.cost.monthly, decision.cost)), ' a month']));
  if (decision === undefined) return;
  showCost(decision.cost);
  showApproval(decision.approval);
}

function summary(decision: Decision | undefined): { state: string; words: string } {
  if (decision === undefined) return { state: 'refused', words: 'The documents have errors' };
  const errors = decision.violations.filter(violation => violation.severity === 'error').length;
  if (errors > 0) return { state: 'refused', words: `${errors} ${errors === 1 ? 'thing' : 'things'} to mend` };
  const warnings = decision.violations.length > 0 ? ', with a warning' : '';
  if (decision.approval.required) return { state: 'approval', words: `Valid, needs approval${warnings}` };
  return { state: 'fine', words: `Valid, nobody needs to approve${warnings}` };
}

function showCost(cost: Cost): void {
  const rows = cost.lines.map(line =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, line.title, ' ', el('code', {}, line.option)),
      el('td', {}, amount(line.monthly, cost)),
    ),
  );
  const total = el('tr', { class: 'total' }, el('th', { scope: 'row' }, 'Total a month'), el('td', {}, amount(cost.monthly, cost)));
  fill(
    byId('cost'),
    el('table', { class: 'cost' }, el('caption', { class: 'visually-hidden' }, 'What it costs a month'), el('tbody', {}, ...rows, total)),
    cost.budget !== undefined && budgetBar(cost, cost.budget),
  );
}

/** How much of the team's budget is used, and how much this request would use. */
function budgetBar(cost: Cost, { limit, used = 0, remaining }: Budget): HTMLElement {
  const isBeyond = remaining !== undefined && remaining < 0;
  const whole = Math.max(limit, used + cost.monthly, 1);
  const [before, mine] = [el('span', { class: 'used' }), el('span', { class: 'mine' })];
  before.style.inlineSize = `${(used / whole) * 100}%`;
  mine.style.inlineSize = `${(cost.monthly / whole) * 100}%`;
  const left = remaining === undefined ? '' : isBeyond ? `, ${amount(-remaining, cost)} too much` : `, ${amount(remaining, cost)} left`;
  return el(
    'div',
    { class: `budget ${isBeyond ? 'beyond' : ''}` },
    el('div', { class: 'bar', 'aria-hidden': 'true' }, before, mine),
    el('p', {}, `Budget of the team: ${amount(used + cost.monthly, cost)} of ${amount(limit, cost)}${left}`),
  );
}

function showApproval({ required, requirements }: Approval): void {
  const approval = byId('approval');
  set(approval, 'data-required', String(required));
  if (!required) return fill(approval, el('p', { class: 'quiet' }, 'Nobody needs to agree: it can be carried out at once.'));
  fill(
    approval,
    el(
      'ul',
      { class: 'approvals' },
      ...requirements.map(({ by, count, reason }) =>
        el(
          'li',
          {},
          icon('person'),
          el(
            'div',
            {},
            el('p', {}, count === 1 ? 'One of ' : `${count} of `, ...list(by)),
            el('p', { class: 'quiet' }, ...sentence(capital(reason))),
          ),
        ),
      ),
    ),
  );
}

function list(groups: readonly string[]): (Node | string)[] {
  return groups.flatMap((group, index) => [index > 0 ? ', ' : '', el('code', {}, group)]);
}
