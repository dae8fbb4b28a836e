// What is known besides the request: in a company the backend says it, here one plays with it.
import type { Context } from '@berth/core';
import { byId } from './dom.js';
import type { Known } from './state.js';

/** Brings the fields of index.html to life. */
export function knownFields(changed: (known: Known) => void): (known: Known, decimals: number) => void {
  const namespaces = byId<HTMLInputElement>('known-namespaces');
  const monthlyCost = byId<HTMLInputElement>('known-cost');
  const nameTaken = byId<HTMLInputElement>('known-name-taken');
  let scale = 1;
  const tell = () =>
    changed({
      namespaces: count(namespaces.valueAsNumber),
      monthlyCost: count(monthlyCost.valueAsNumber * scale),
      nameTaken: nameTaken.checked,
    });
  for (const field of [namespaces, monthlyCost, nameTaken]) field.addEventListener('input', tell);

  return (known, decimals) => {
    scale = 10 ** decimals;
    const show = (field: HTMLInputElement, value: number) => {
      if (document.activeElement !== field) field.value = String(value);
    };
    show(namespaces, known.namespaces);
    show(monthlyCost, known.monthlyCost / scale);
    nameTaken.checked = known.nameTaken;
  };
}

/** As `decide` takes it. */
export function contextOf({ namespaces, monthlyCost, nameTaken }: Known, now: string): Context {
  return { now, usage: { namespaces, monthlyCost }, nameTaken };
}

function count(value: number): number {
  return Number.isFinite(value) ? Math.max(0, Math.round(value)) : 0;
}
