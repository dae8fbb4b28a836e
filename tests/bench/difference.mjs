// Finds where two objects differ; the order of keys doesn't matter, that of lists does.

/** Labels whose value each side computes in its own way. */
const HASHES = /\/spec-hash$/;

/** The path of the first difference and both values, or undefined when there is none. */
export function firstDifference(ours, theirs, path = "$") {
  if (HASHES.test(path) && typeof ours === typeof theirs) return undefined;
  if (!isContainer(ours) || !isContainer(theirs) || Array.isArray(ours) !== Array.isArray(theirs)) {
    return Object.is(ours, theirs) ? undefined : `${path}: ${show(ours)} and ${show(theirs)}`;
  }
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const difference = firstDifference(ours[key], theirs[key], `${path}.${key}`);
    if (difference) return difference;
  }
  return undefined;
}

function isContainer(value) {
  return typeof value === "object" && value !== null;
}

function show(value) {
  return String(JSON.stringify(value)).slice(0, 200);
}
