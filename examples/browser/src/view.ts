// Which half of the page is seen. Both fit side by side only where there is room; elsewhere the form comes first.
import type { View } from './state.js';

/** Brings the choice in the header to life; gives a function that shows a view. */
export function views(chosen: (view: View) => void): (view: View) => void {
  const choices = [...document.querySelectorAll<HTMLInputElement>('input[name=view]')];
  const room = window.matchMedia('(min-width: 62rem)');
  let wanted: View = 'both';

  function show(): void {
    const view = wanted === 'both' && !room.matches ? 'form' : wanted;
    document.documentElement.dataset.view = view;
    for (const choice of choices) choice.checked = choice.value === view;
  }

  for (const choice of choices) {
    choice.addEventListener('change', () => {
      wanted = choice.value as View;
      show();
      chosen(wanted);
    });
  }
  room.addEventListener('change', show);
  return view => {
    wanted = view;
    show();
  };
}
