// The controls of a form: one for texts and numbers, one for yes and no, one for options as cards. Each shows a value and
// tells what it was changed to.
import type { Cost, OptionState } from '@berth/core';
import { capital, el, fill, set } from '../dom.js';
import { amount } from '../money.js';
import type { Parameter } from './parameters.js';

/** What a control is shown with. */
export interface Shown {
  value: unknown;
  options: readonly OptionState[] | undefined;
  cost: Cost | undefined;
}

/** One control, for one parameter. */
export interface Control {
  element: HTMLElement;
  /** What gets `aria-invalid` and `aria-describedby`. */
  target: HTMLElement;
  show: (shown: Shown) => void;
}

type Changed = (value: unknown) => void;

/** A text longer than this gets several lines. */
const ONE_LINE = 120;

/** A field to write in: texts, dates, numbers. An empty one is a parameter that isn't given. */
export function textControl(parameter: Parameter, id: string, known: readonly string[], changed: Changed): Control {
  const isLong = (parameter.maxLength ?? 0) > ONE_LINE;
  const properties = {
    id,
    class: 'input',
    'aria-required': parameter.required === true ? 'true' : undefined,
    spellcheck: String(isLong),
    autocomplete: 'off',
    autocapitalize: 'off',
    oninput: () => changed(valueOf(parameter, field.value)),
  };
  const field: HTMLInputElement | HTMLTextAreaElement = isLong
    ? el('textarea', { ...properties, rows: 2 })
    : el('input', {
        ...properties,
        type: 'text',
        inputmode: parameter.type === 'integer' ? 'numeric' : undefined,
        placeholder: parameter.format === 'date-time' ? '2027-06-30T18:00:00Z' : parameter.format && '2027-06-30',
        list: known.length > 0 ? `${id}-known` : undefined,
      });
  const list = known.length > 0 && el('datalist', { id: `${id}-known` }, ...known.map(value => el('option', { value })));
  return {
    element: el('div', { class: 'control' }, field, list),
    target: field,
    show({ value }) {
      const text = value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
      // A number that is being written (`-`, `1.`) stays as it is written.
      if (field.value !== text && !(document.activeElement === field && valueOf(parameter, field.value) === value)) {
        field.value = text;
      }
    },
  };
}

function valueOf({ type }: Parameter, text: string): unknown {
  if (text === '') return undefined;
  return type === 'integer' && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

/** Yes or no. */
export function checkControl(parameter: Parameter, id: string, changed: Changed): Control {
  const box = el('input', { id, type: 'checkbox', onchange: () => changed(box.checked) });
  return {
    element: el('label', { class: 'control check' }, box, parameter.title ?? parameter.name),
    target: box,
    show({ value }) {
      box.checked = value === true;
    },
  };
}

/** Options as cards: radio buttons for one, check boxes for a list. What can't be chosen is grey and says why. */
export function optionsControl(parameter: Parameter, id: string, changed: Changed): Control {
  const isList = parameter.type === 'array';
  const element = el('div', {
    id,
    class: 'control cards',
    role: isList ? 'group' : 'radiogroup',
    'aria-labelledby': `${id}-label`,
    'aria-required': !isList && parameter.required ? 'true' : undefined,
  });
  let cards = new Map<string, Card>();
  let chosen: string[] = [];

  function choose(value: string, on: boolean): void {
    if (!isList) return changed(value);
    const order = [...cards.keys()];
    const next = on ? [...chosen, value] : chosen.filter(other => other !== value);
    changed(next.sort((a, b) => order.indexOf(a) - order.indexOf(b)));
  }

  return {
    element,
    target: element,
    show({ value, options = [], cost }) {
      chosen = Array.isArray(value) ? value.filter(item => typeof item === 'string') : typeof value === 'string' ? [value] : [];
      if (options.map(option => option.value).join('\n') !== [...cards.keys()].join('\n')) {
        cards = new Map(options.map(option => [option.value, makeCard(option.value, id, isList, choose)]));
        fill(element, ...[...cards.values()].map(card => card.element));
      }
      for (const option of options) cards.get(option.value)?.show(option, chosen.includes(option.value), cost);
    },
  };
}

interface Card {
  element: HTMLElement;
  show: (option: OptionState, isChosen: boolean, cost: Cost | undefined) => void;
}

function makeCard(value: string, id: string, isList: boolean, choose: (value: string, on: boolean) => void): Card {
  const input = el('input', {
    type: isList ? 'checkbox' : 'radio',
    id: `${id}-${value}`,
    name: id,
    value,
    onchange: () => choose(value, input.checked),
  });
  const title = el('span', { class: 'card-title' });
  const price = el('span', { class: 'card-price' });
  const reason = el('span', { class: 'card-reason', id: `${id}-${value}-reason` });
  const element = el('label', { class: 'card', 'data-value': value }, input, title, price, reason);
  return {
    element,
    show(option, isChosen, cost) {
      const isShut = !option.allowed && !isChosen;
      input.checked = isChosen;
      input.disabled = isShut;
      set(input, 'aria-describedby', option.reason === undefined ? undefined : reason.id);
      element.classList.toggle('shut', isShut);
      fill(title, option.title ?? option.value);
      fill(price, cost !== undefined && option.monthlyCost !== 0 && `+${amount(option.monthlyCost, cost)}`);
      fill(reason, option.reason !== undefined && capital(option.reason));
    },
  };
}
