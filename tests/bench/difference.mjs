// Finds where two Workflows differ; the order of keys doesn't matter, that of lists does.

/** Hashes and versions, which each side makes in its own way. */
const ITS_OWN = /^\$\.metadata\.(name|labels\..*\/spec-hash|annotations\..*\/(policy-digest|core-version))$/;

/** The path of the first difference and both values, or undefined when there is none. */
export function firstDifference(ours, theirs, path = "$") {
  if (ITS_OWN.test(path) && typeof ours === typeof theirs) return undefined;
  const [left, right] = [ours, theirs].map(opened);
  if (!isContainer(left) || !isContainer(right) || Array.isArray(left) !== Array.isArray(right)) {
    return Object.is(left, right) ? undefined : `${path}: ${show(left)} and ${show(right)}`;
  }
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const difference = firstDifference(left[key], right[key], `${path}.${key}`);
    if (difference) return difference;
  }
  return undefined;
}

/** Bundles are JSON inside a string: they are compared as objects, too. */
function opened(value) {
  return typeof value === "string" && value.startsWith("{\"") ? JSON.parse(value) : value;
}

function isContainer(value) {
  return typeof value === "object" && value !== null;
}

function show(value) {
  return String(JSON.stringify(value)).slice(0, 200);
}
