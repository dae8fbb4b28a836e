// A form that is drawn from a blueprint's parameters and shows, at each field, what the core says about it.
import type { Decision, Violation } from '@berth/core';
import { capital, el, fill, icon, sentence, set } from '../dom.js';
import { checkControl, optionsControl, textControl, type Control } from './controls.js';
import type { FormDefinition, Parameter } from './parameters.js';
import { suggestions } from './suggestions.js';

type Changed = (name: string, value: unknown) => void;

interface Field {
  control: Control;
  messages: HTMLElement;
  describedBy: string | undefined;
}

/** The form of a blueprint. */
export class Form {
  readonly element = el('form', { class: 'form', novalidate: true, autocomplete: 'off', onsubmit: event => event.preventDefault() });
  readonly #general = el('div', { class: 'general' });
  readonly #changed: Changed;
  #fields = new Map<string, Field>();
  #drawn = '';

  constructor(changed: Changed) {
    this.#changed = changed;
  }

  /** Shows values, defaults included, and what was decided about them. Fields are made anew only when the parameters are others. */
  show(definition: FormDefinition, values: Readonly<Record<string, unknown>>, decision: Decision): void {
    const has = Object.keys(decision.options ?? {}).join();
    const drawn = JSON.stringify([definition, has]);
    if (drawn !== this.#drawn) this.#draw(definition, decision);
    this.#drawn = drawn;

    const elsewhere: Violation[] = [];
    const found = new Map<string, Violation[]>();
    for (const violation of decision.violations) {
      const name = nameOf(violation);
      if (!this.#fields.has(name)) elsewhere.push(violation);
      found.set(name, [...(found.get(name) ?? []), violation]);
    }
    for (const [name, field] of this.#fields) {
      const options = decision.options?.[name];
      const value = values[name];
      field.control.show({ value, options, cost: decision.cost });
      this.#showMessages(name, field, found.get(name) ?? [], value, decision);
    }
    fill(this.#general, ...elsewhere.map(violation => this.#message(nameOf(violation), violation, undefined, decision)));
  }

  #draw({ parameters, team }: FormDefinition, decision: Decision): void {
    this.#fields = new Map();
    const rows = parameters.map(parameter => {
      const { name } = parameter;
      const id = `field-${name}`;
      const changed = (value: unknown) => this.#changed(name, value);
      const hasOptions = decision.options?.[name] !== undefined;
      const control = hasOptions
        ? optionsControl(parameter, id, changed)
        : parameter.type === 'boolean'
          ? checkControl(parameter, id, changed)
          : textControl(parameter, id, team.parameter === name ? team.known : [], changed);
      const messages = el('div', { class: 'messages', id: `${id}-messages` });
      const describedBy = parameter.description === undefined ? undefined : `${id}-description`;
      this.#fields.set(name, { control, messages, describedBy });
      return el(
        'div',
        { class: `field ${isWide(parameter, hasOptions) ? 'wide' : ''}`, 'data-field': name },
        label(parameter, id, hasOptions),
        parameter.description !== undefined && el('p', { class: 'description', id: describedBy }, parameter.description),
        control.element,
        messages,
      );
    });
    fill(this.element, this.#general, ...rows);
  }

  #showMessages(name: string, field: Field, violations: Violation[], value: unknown, decision: Decision): void {
    const { control, messages, describedBy } = field;
    const isWrong = violations.some(violation => violation.severity === 'error');
    // A radio group and a group of boxes may not have `aria-invalid` alike: the state stands at what has it.
    if (control.target.getAttribute('role') !== 'group') set(control.target, 'aria-invalid', isWrong ? 'true' : undefined);
    control.element.closest('.field')?.classList.toggle('wrong', isWrong);
    const ids = [describedBy, violations.length > 0 ? messages.id : undefined].filter(id => id !== undefined);
    set(control.target, 'aria-describedby', ids.length > 0 ? ids.join(' ') : undefined);
    fill(messages, ...violations.map(violation => this.#message(name, violation, value, decision)));
  }

  #message(name: string, violation: Violation, value: unknown, decision: Decision): HTMLElement {
    const found = suggestions(violation, value, decision.options?.[name]);
    return el(
      'div',
      { class: `violation ${violation.severity}`, 'data-code': violation.code },
      icon(violation.severity),
      el(
        'div',
        {},
        el('p', {}, ...sentence(capital(violation.message))),
        violation.hint !== undefined && el('p', { class: 'hint' }, ...sentence(capital(violation.hint))),
        found.length > 0 &&
          el(
            'div',
            { class: 'suggestions' },
            ...found.map(suggestion =>
              el(
                'button',
                { type: 'button', class: 'suggestion', onclick: () => this.#apply(name, suggestion.value) },
                suggestion.label,
              ),
            ),
          ),
      ),
    );
  }

  /** The button goes away with what it mends: the focus goes to the field. */
  #apply(name: string, value: unknown): void {
    this.#changed(name, value);
    const target = this.#fields.get(name)?.control.target;
    (target?.querySelector<HTMLElement>('input:checked') ?? target)?.focus();
  }
}

function label({ name, title, required, type }: Parameter, id: string, hasOptions: boolean): HTMLElement {
  const words = title ?? name;
  return el(
    'div',
    { class: 'label' },
    // A group of options has a name and no label; a check box has words of its own.
    hasOptions || type === 'boolean' ? el('span', { id: `${id}-label` }, words) : el('label', { for: id }, words),
    required === true && el('span', { class: 'required' }, 'required'),
    el('code', { class: 'label-name' }, name),
  );
}

function isWide({ maxLength, type }: Parameter, hasOptions: boolean): boolean {
  return hasOptions || type === 'boolean' || (maxLength ?? 0) > 120;
}

/** The parameter that a violation is about: the first part of its pointer, also inside `parameters`. */
function nameOf({ path }: Violation): string {
  const [, first = '', second = ''] = path.split('/').map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return first === 'parameters' ? second : first;
}
