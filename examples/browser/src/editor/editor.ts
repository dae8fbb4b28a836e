// A text area with numbers, colours and marks: behind the browser's own field lies the same text, coloured. Undo, search,
// screen readers and phones keep working, since the field is what it is.
import { el, sentence, set } from '../dom.js';
import { coloured } from '../highlight.js';
import type { Problem } from '../policy.js';

/** One document that is edited. */
export class Editor {
  readonly element: HTMLElement;
  readonly #field: HTMLTextAreaElement;
  readonly #behind = el('pre', { class: 'editor-text', 'aria-hidden': 'true' });
  readonly #gutter = el('div', { class: 'editor-gutter', 'aria-hidden': 'true' });
  #problems: readonly Problem[] = [];
  #drawn: readonly Line[] = [];

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

  /** A keystroke changes a line or two: only those are drawn. */
  #draw(): void {
    const marks = new Map<number, Problem>();
    for (const problem of this.#problems) if (!marks.has(problem.line)) marks.set(problem.line, problem);
    const lines = this.#field.value.split('\n').map((text, index) => ({ text, mark: marks.get(index + 1) }));
    replaceChanged(this.#behind, this.#drawn, lines, isSameLine, drawLine);
    replaceChanged(this.#gutter, this.#drawn, lines, isSameNumber, drawNumber);
    this.#drawn = lines;
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

interface Line {
  text: string;
  mark: Problem | undefined;
}

function isSameLine(one: Line, other: Line): boolean {
  const [a, b] = [one.mark, other.mark];
  return one.text === other.text && isSameNumber(one, other) && a?.message === b?.message && a?.column === b?.column;
}

function isSameNumber({ mark }: Line, other: Line): boolean {
  return mark?.severity === other.mark?.severity;
}

/** Makes the elements of what is between the first and the last change anew, and leaves the others. */
function replaceChanged(
  parent: HTMLElement,
  before: readonly Line[],
  after: readonly Line[],
  isSame: (one: Line, other: Line) => boolean,
  draw: (line: Line, index: number) => HTMLElement,
): void {
  const isSameAt = (old: number, now: number) => {
    const [one, other] = [before[old], after[now]];
    return one !== undefined && other !== undefined && isSame(one, other);
  };
  let start = 0;
  while (isSameAt(start, start)) start += 1;
  let end = 0;
  // Numbers stay where they are: only from the start they are the same.
  const most = draw === drawNumber ? 0 : Math.min(before.length, after.length) - start;
  while (end < most && isSameAt(before.length - 1 - end, after.length - 1 - end)) end += 1;
  for (const child of [...parent.children].slice(start, before.length - end)) child.remove();
  const made = after.slice(start, after.length - end).map((line, index) => draw(line, start + index));
  if (start === 0) parent.prepend(...made);
  else parent.children[start - 1]?.after(...made);
}

function drawNumber({ mark }: Line, index: number): HTMLElement {
  return el('div', { class: mark?.severity ?? '' }, String(index + 1));
}

function drawLine({ text: line, mark: problem }: Line): HTMLElement {
  if (problem === undefined) return el('div', {}, ...coloured(line));
  const start = units(line, problem.column - 1);
  const [word] = /^(?:"[^"]*"|'[^']*'|[^\s,\]}]+)/.exec(line.slice(start)) ?? [''];
  return el(
    'div',
    { class: `marked ${problem.severity}` },
    ...coloured(line.slice(0, start)),
    el('span', { class: 'squiggle' }, ...(word === '' ? [' '] : coloured(word))),
    ...coloured(line.slice(start + word.length)),
    el('span', { class: 'lens' }, ...sentence(problem.message)),
  );
}

/** So many Unicode characters of a line, in the units of JavaScript's strings. */
function units(line: string, characters: number): number {
  return [...line].slice(0, characters).join('').length;
}
