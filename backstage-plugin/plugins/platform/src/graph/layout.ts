// Where the steps stand: in columns from left to right where there is room, else one below the other. Steps that wait for the same
// steps share their lines, so that many-to-many stays readable.
import type { GraphStep } from './graphOf';

export interface Placed {
  step: GraphStep;
  x: number;
  y: number;
  width: number;
}

export interface Layout {
  steps: Placed[];
  /** Lines, as paths of SVG. */
  lines: string[];
  width: number;
  height: number;
  isNarrow: boolean;
}

export const STEP_HEIGHT = 54;
const GAP_X = 30;
const GAP_Y = 10;
const NARROWEST_STEP = 128;
const WIDEST_STEP = 210;
const INDENT = 12;

export function layoutOf(graph: readonly GraphStep[], width: number): Layout {
  const levels = levelsOf(graph);
  const count = Math.max(0, ...levels.values()) + 1;
  const stepWidth = Math.min(WIDEST_STEP, (width - (count - 1) * GAP_X) / count);
  return stepWidth < NARROWEST_STEP ? inRows(graph, levels, width) : inColumns(graph, levels, stepWidth);
}

/** The longest way from the start to each step. */
function levelsOf(graph: readonly GraphStep[]): Map<string, number> {
  const byId = new Map(graph.map(step => [step.id, step]));
  const levels = new Map<string, number>();
  const levelOf = (id: string, seen: readonly string[]): number => {
    const known = levels.get(id);
    const step = byId.get(id);
    if (known !== undefined || !step || seen.includes(id)) {
      return known ?? 0;
    }
    const level = Math.max(-1, ...step.after.map(other => levelOf(other, [...seen, id]))) + 1;
    levels.set(id, level);
    return level;
  };
  graph.forEach(({ id }) => levelOf(id, []));
  return levels;
}

function inColumns(graph: readonly GraphStep[], levels: Map<string, number>, width: number): Layout {
  const columns: GraphStep[][] = [];
  for (const step of graph) {
    const level = levels.get(step.id) ?? 0;
    (columns[level] ??= []).push(step);
  }
  const tallest = Math.max(...columns.map(column => column.length), 1);
  const height = tallest * (STEP_HEIGHT + GAP_Y) - GAP_Y;
  const steps = columns.flatMap((column, level) => {
    const top = (height - (column.length * (STEP_HEIGHT + GAP_Y) - GAP_Y)) / 2;
    return column.map((step, row) => ({ step, x: level * (width + GAP_X), y: top + row * (STEP_HEIGHT + GAP_Y), width }));
  });
  const lines = groupsOf(steps).flatMap(({ from, to }) => {
    const start = Math.max(...from.map(one => one.x + one.width));
    const middle = start + GAP_X / 2;
    const mid = (all: Placed[]) => all.reduce((sum, one) => sum + one.y, 0) / all.length + STEP_HEIGHT / 2;
    const isMany = from.length > 1 && to.length > 1;
    const meet = isMany ? (mid(from) + mid(to)) / 2 : mid(from.length > 1 ? to : from);
    const curve = (x1: number, y1: number, x2: number, y2: number) =>
      `M${x1} ${y1}C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}`;
    return [
      ...from.map(one => curve(one.x + one.width, one.y + STEP_HEIGHT / 2, middle, meet)),
      ...to.map(one => curve(middle, meet, one.x, one.y + STEP_HEIGHT / 2)),
    ];
  });
  return { steps, lines, width: columns.length * (width + GAP_X) - GAP_X, height, isNarrow: false };
}

function inRows(graph: readonly GraphStep[], levels: Map<string, number>, width: number): Layout {
  const ordered = [...graph].sort((a, b) => (levels.get(a.id) ?? 0) - (levels.get(b.id) ?? 0));
  const steps = ordered.map((step, row) => {
    const x = (levels.get(step.id) ?? 0) * INDENT + INDENT;
    return { step, x, y: row * (STEP_HEIGHT + GAP_Y), width: width - x };
  });
  const lines = groupsOf(steps).flatMap(({ from, to }) => {
    const rail = Math.max(...from.map(one => one.x)) - INDENT / 2 + INDENT;
    const bottom = from.map(one => one.y + STEP_HEIGHT);
    const start = Math.min(...bottom);
    // The rail of the steps above runs at the left edge of those that wait for them.
    const edge = Math.min(rail, ...to.map(one => one.x - INDENT / 2));
    return to.map(one => `M${edge} ${start}V${one.y + STEP_HEIGHT / 2}H${one.x}`);
  });
  return { steps, lines, width, height: Math.max(0, ordered.length * (STEP_HEIGHT + GAP_Y) - GAP_Y), isNarrow: true };
}

/** Steps that wait for the same steps. */
function groupsOf(steps: readonly Placed[]): { from: Placed[]; to: Placed[] }[] {
  const byId = new Map(steps.map(placed => [placed.step.id, placed]));
  const groups = new Map<string, { from: Placed[]; to: Placed[] }>();
  for (const placed of steps) {
    const from = placed.step.after.flatMap(id => byId.get(id) ?? []);
    if (from.length > 0) {
      const key = placed.step.after.join(' ');
      const group = groups.get(key) ?? { from, to: [] };
      group.to.push(placed);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}
