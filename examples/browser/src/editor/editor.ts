// A text area with numbers, colours and marks: behind the browser's own field lies the same text, coloured. Undo, search,
// screen readers and phones keep working, since the field is what it is.
import { el, fill, set } from '../dom.js';
import { coloured } from '../highlight.js';
import type { Problem } from '../policy.js';

/** One document that is edited. */
export class Editor {
  readonly element: HTMLElement;
  readonly #field: HTMLTextAreaElement;
  readonly #behind = el('pre', { class: 'editor-text', 'aria-hidden': 'true' });
  readonly #gutter = el('div', { class: 'editor-gutter', 'aria-hidden': 'true' });
  #problems: readonly Problem[] = [];

  /** @param describedBy - the id of the element that says what is wrong */
  constructor(id: string, label: string, describedBy: string, changed: (text: string) => void) {
    this.#field = el('textarea', {
      id,
      class: 'editor-field',
      'aria-label': label,
      'aria-describedby': describedBy,
      spellcheck: 'false',
      autocapitalize: 'off',
      autocomplete: 'off',
      wrap: 'off',
      oninput: () => {
        this.#draw();
        changed(this.#field.value);
      },
      onscroll: () => this.#follow(),
      onkeydown: event => this.#indent(event as KeyboardEvent),
    });
    const body = el('div', { class: 'editor-body' }, this.#behind, this.#field);
    this.element = el('div', { class: 'editor' }, this.#gutter, body);
  }

  set text(text: string) {
    if (text !== this.#field.value) this.#field.value = text;
    this.#draw();
  }

  /** What is marked: of several problems of a line, the first one is written out. */
  set problems(problems: readonly Problem[]) {
    this.#problems = problems;
    set(this.#field, 'aria-invalid', problems.some(problem => problem.severity === 'error') ? 'true' : undefined);
    this.#draw();
  }

  /** Puts the cursor at a place and shows it. */
  goTo(line: number, column: number): void {
    const lines = this.#field.value.split('\n');
    const before = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    const at = before + units(lines[line - 1] ?? '', column - 1);
    this.#field.focus({ preventScroll: true });
    this.#field.setSelectionRange(at, at);
    this.#field.scrollTop = Math.max(0, (line - 6) * this.#lineHeight());
    this.#field.scrollLeft = 0;
    this.element.scrollIntoView({ block: 'nearest' });
    this.#follow();
  }

  #lineHeight(): number {
    return Number.parseFloat(getComputedStyle(this.#field).lineHeight);
  }

  #draw(): void {
    const lines = this.#field.value.split('\n');
    const marks = new Map<number, Problem>();
    for (const problem of this.#problems) if (!marks.has(problem.line)) marks.set(problem.line, problem);
    fill(
      this.#gutter,
      ...lines.map((_, index) => el('div', { class: marks.get(index + 1)?.severity ?? '' }, String(index + 1))),
    );
    fill(this.#behind, ...lines.map((line, index) => drawLine(line, marks.get(index + 1))));
    this.#follow();
  }

  /** The coloured text moves with the field. */
  #follow(): void {
    const { scrollTop, scrollLeft } = this.#field;
    this.#behind.style.transform = `translate(${-scrollLeft}px, ${-scrollTop}px)`;
    this.#gutter.style.transform = `translateY(${-scrollTop}px)`;
  }

  /** A new line begins where the last one did. Tab stays with the browser: it leads on to what comes next. */
  #indent(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.isComposing || event.ctrlKey || event.metaKey) return;
    const { value, selectionStart } = this.#field;
    const line = value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart);
    const indent = /^ */.exec(line)?.[0] ?? '';
    if (indent === '') return;
    event.preventDefault();
    // The one way to write into a field that undo can take back.
    document.execCommand('insertText', false, `\n${indent}`);
  }
}

function drawLine(line: string, problem: Problem | undefined): HTMLElement {
  if (problem === undefined) return el('div', {}, ...coloured(line));
  const start = units(line, problem.column - 1);
  const [word] = /^(?:"[^"]*"|'[^']*'|[^\s,\]}]+)/.exec(line.slice(start)) ?? [''];
  return el(
    'div',
    { class: `marked ${problem.severity}` },
    ...coloured(line.slice(0, start)),
    el('span', { class: 'squiggle' }, ...(word === '' ? [' '] : coloured(word))),
    ...coloured(line.slice(start + word.length)),
    el('span', { class: 'lens' }, problem.message),
  );
}

/** So many Unicode characters of a line, in the units of JavaScript's strings. */
function units(line: string, characters: number): number {
  return [...line].slice(0, characters).join('').length;
}
