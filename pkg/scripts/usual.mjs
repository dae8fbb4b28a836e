// A module as the build runs it, and the questions that a form asks of it: they say what everybody needs (split.mjs).
import { requests } from '../../tests/bench/generate.mjs';

/** What wasm-bindgen has every module import, and nothing here uses. */
export const imports = { './berth_bg.js': { __wbindgen_init_externref_table() {} } };

/** So many have every fault that people make, several times. */
const REQUESTS = 2000;
const SEED = 20260101;
/** Who asks, what the team has, and the moment. */
const CONTEXT = JSON.stringify({
  now: '2026-01-01T00:00:00Z',
  requester: { ref: 'user:default/ada', groups: ['group:default/payments'], roles: ['platform:admin'] },
  usage: { namespaces: 3, monthlyCost: 45000 },
  nameTaken: false,
});

/** Judges requests by the embedded documents, with options and without, and plans those that are valid. */
export function usualQuestions({ memory, reserve, output, load, decide, plan }) {
  const ask = (question, texts, ...after) => {
    const bytes = texts.map(text => Buffer.from(text));
    const input = Buffer.concat(bytes);
    Buffer.from(memory.buffer, reserve(input.length)).set(input);
    const length = question(0, ...bytes.map(piece => piece.length), ...after);
    return JSON.parse(Buffer.from(memory.buffer, output(), Math.abs(length)));
  };
  load(false);
  const row = requests(SEED);
  for (let number = 0; number < REQUESTS; number += 1) {
    const request = JSON.stringify(row.next().value);
    const { valid } = ask(decide, ['', request, ''], false);
    ask(decide, ['', request, CONTEXT], true);
    if (valid) ask(plan, ['', request, '']);
  }
}
