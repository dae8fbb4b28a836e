// A module as the text that wasm-opt prints and reads: taken apart, put together, and its functions in the order that compresses best.

/** Functions are alike where so many lines are the same one after the other. */
const GRAM = 3;
/** What more functions share says nothing. */
const COMMON = 1000;
/** How much less what is shared counts with each function that comes in between; and when it counts no more. */
const FADES = 0.8;
const FORGOTTEN = 0.06;
/** What only the build calls, and what wasm-bindgen adds for others. */
const UNUSED_EXPORT = /^ \(export "(prepare|__\w+)"/;

/**
 * The entries of a module as wasm-opt prints it, one a line, and its functions, several lines each: the names of the
 * parameters and of those that it calls, besides its text.
 */
export function parse(text) {
  const found = { entries: [], functions: [] };
  const lines = text.trimEnd().split('\n').slice(1, -1);
  for (let at = 0; at < lines.length; at += 1) {
    const head = /^ \(func (\$\S+)(.*)$/.exec(lines[at]);
    if (head === null) {
      if (!UNUSED_EXPORT.test(lines[at])) found.entries.push(lines[at]);
      continue;
    }
    const start = at;
    while (lines[at] !== ' )') at += 1;
    const body = lines.slice(start, at + 1);
    found.functions.push({
      name: head[1],
      parameters: [...head[2].matchAll(/\(param (\$\d+)/g)].map(([, parameter]) => parameter),
      type: head[2].replace(/\(param \$\d+ /g, '(param '),
      text: body,
    });
  }
  return found;
}

/** Functions in an order in which each follows those that it is most like: that takes some percent off the compressed size. */
export function alike(all) {
  const grams = all.map(({ text }) => new Set(text.map((_, at) => text.slice(at, at + GRAM).join('').replace(/ +/g, ''))));
  const holders = new Map();
  grams.forEach((some, index) => {
    for (const gram of some) {
      if (!holders.has(gram)) holders.set(gram, []);
      holders.get(gram).push(index);
    }
  });
  const left = new Set(all.keys());
  const order = [];
  /** What each that is left shares with those that have their place; with the last of them most. */
  let shared = new Map();
  for (let next = 0; next !== undefined; ) {
    order.push(all[next]);
    left.delete(next);
    shared = new Map([...shared].filter(([other, share]) => left.has(other) && share > FORGOTTEN).map(([other, share]) => [other, share * FADES]));
    for (const others of [...grams[next]].map(gram => holders.get(gram)).filter(({ length }) => length <= COMMON)) {
      for (const other of others) if (left.has(other)) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
    const likeness = other => shared.get(other) / Math.sqrt(grams[other].size);
    const candidates = [...shared.keys()];
    const [first] = left;
    next = candidates.reduce((best, other) => (likeness(best) >= likeness(other) ? best : other), candidates[0] ?? first);
  }
  return order;
}

export function module(lines) {
  return `(module\n${lines.join('\n')}\n)\n`;
}
