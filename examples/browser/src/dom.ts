// Makes elements. Text is always text, never markup: what a document or a request holds can't become a part of the page.

/** What an element has: attributes, `class` among them, and listeners as `onclick` and the like. */
type Properties = Record<string, string | number | boolean | undefined | ((event: Event) => void)>;

/** What stands in an element; `undefined` and `false` stand for nothing. */
export type Child = Node | string | undefined | false;

/** An element. An attribute that is `true` has no value, one that is `false` or `undefined` is left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else set(element, name, value);
  }
  element.append(...present(children));
  return element;
}

/** Sets an attribute, or takes it away. */
export function set(element: Element, name: string, value: string | number | boolean | undefined): void {
  if (value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}

/** Puts these in the place of what stands in an element. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...present(children));
}

/** A sentence of the core, with what stands in backticks as code. */
export function sentence(text: string): Node[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? el('code', {}, part) : document.createTextNode(part)));
}

/** The core's sentences begin in lower case; those that stand alone don't. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The element with this id, which index.html must have. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`index.html has no element \`${id}\``);
  return element as T;
}

/** An icon of index.html's sprite. It only repeats what words say. */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

function present(children: Child[]): (Node | string)[] {
  return children.filter(child => child !== undefined && child !== false);
}
