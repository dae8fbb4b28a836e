// What comes of the request, in tabs: the plan, the manifests, the Workflow, and the decision itself as programs get it.
import { type Berth, BerthError, type Decision } from '@berth/core';
import { byId, el, fill, icon } from '../dom.js';
import { coloured } from '../highlight.js';
import { planList } from './plan.js';
import { tabs } from '../tabs.js';

/** What there is to show. */
export interface Subject {
  berth: Berth;
  request: { blueprint: string; parameters: Record<string, unknown> };
  decision: Decision;
  /** The moment, as RFC 3339. */
  now: string;
}

/** The request has no id yet; a backend gives it one. */
const REQUEST_ID = 'preview';

/** The panels. Only the one that is seen is filled: a Workflow is long. */
export class Output {
  #subject: Subject | undefined;
  #panel = 'panel-plan';

  constructor() {
    const choose = tabs(byId('output-tabs'), panel => {
      this.#panel = panel;
      this.#draw();
    });
    choose(this.#panel);
  }

  set subject(subject: Subject | undefined) {
    this.#subject = subject;
    this.#draw();
  }

  #draw(): void {
    const panel = byId(this.#panel);
    fill(panel, ...(this.#subject === undefined ? [] : [content(this.#panel, this.#subject)]));
  }
}

function content(panel: string, { berth, request, decision, now }: Subject): HTMLElement {
  if (panel === 'panel-decision') return code('Decision', JSON.stringify(decision, null, 2));
  if (!decision.valid) {
    return el('p', { class: 'empty' }, 'Nothing is made of a request that is not valid. Mend it, and it appears here.');
  }
  try {
    if (panel === 'panel-plan') return planList(berth.plan(request, { now }));
    const target = panel === 'panel-workflow' ? 'workflow' : 'manifests';
    const text = berth.renderYaml(request, { target, requestId: REQUEST_ID, now });
    return code(target === 'workflow' ? 'Argo Workflow' : 'Manifests', text);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== BerthError.name) throw error;
    return el('p', { class: 'empty' }, error.message);
  }
}

/** A text to read and to copy. */
function code(label: string, text: string): HTMLElement {
  const lines = text.trimEnd().split('\n');
  const said = el('span', { class: 'quiet', role: 'status' }, `${lines.length} lines`);
  const copy = el(
    'button',
    {
      type: 'button',
      class: 'button small',
      onclick: () => {
        void navigator.clipboard.writeText(text).then(
          () => fill(said, 'Copied'),
          () => fill(said, 'The browser does not let this page copy'),
        );
      },
    },
    icon('copy'),
    'Copy',
  );
  return el(
    'div',
    { class: 'code' },
    el('div', { class: 'code-head' }, said, copy),
    el(
      'pre',
      { tabindex: 0, role: 'region', 'aria-label': label },
      ...lines.map(line => el('div', {}, ...coloured(line))),
    ),
  );
}
