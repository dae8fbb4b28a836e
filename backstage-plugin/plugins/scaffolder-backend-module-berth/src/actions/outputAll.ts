// Hands all outputs of an action to the scaffolder at once.

/** Sets each output that has a value. */
export function outputAll<T extends object>(ctx: { output(name: keyof T, value: T[keyof T]): void }, outputs: T): void {
  for (const name of Object.keys(outputs) as (keyof T)[]) {
    if (outputs[name] !== undefined) ctx.output(name, outputs[name]);
  }
}
