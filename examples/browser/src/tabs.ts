// Tabs as the ARIA Authoring Practices describe them: arrows, Home and End move, one tab is a stop of the Tab key.
import { set } from './dom.js';

/** Brings a tab list of index.html to life; gives a function that chooses a tab by the id of its panel. */
export function tabs(list: HTMLElement, chosen: (panel: string) => void): (panel: string) => void {
  const all = [...list.querySelectorAll<HTMLElement>('[role=tab]')];
  const panelOf = (tab: HTMLElement) => tab.getAttribute('aria-controls') ?? '';

  function choose(panel: string): void {
    for (const tab of all) {
      const is = panelOf(tab) === panel;
      set(tab, 'aria-selected', String(is));
      set(tab, 'tabindex', is ? 0 : -1);
      const element = document.getElementById(panelOf(tab));
      if (element !== null) element.hidden = !is;
    }
    chosen(panel);
  }

  all.forEach((tab, index) => {
    tab.addEventListener('click', () => choose(panelOf(tab)));
    tab.addEventListener('keydown', event => {
      const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: all.length - 1 }[event.key];
      const next = to === undefined ? undefined : all[(to + all.length) % all.length];
      if (next === undefined) return;
      event.preventDefault();
      next.focus();
      choose(panelOf(next));
    });
  });
  return choose;
}
