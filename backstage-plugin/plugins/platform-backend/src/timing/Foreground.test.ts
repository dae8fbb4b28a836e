// Who waits for whom, and for how long.
import { EventEmitter } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { Foreground } from './Foreground';

/** Calls that are being answered; each function ends one. */
function calls(foreground: Foreground, count: number): (() => void)[] {
  return Array.from({ length: count }, () => {
    const response = new EventEmitter();
    const next = jest.fn();
    foreground.count({} as Request, response as Response, next);
    expect(next).toHaveBeenCalledTimes(1);
    return () => void response.emit('close');
  });
}

/** Whether the background goes on; to be asked again later. */
function asked(foreground: Foreground): { goesOn: boolean } {
  const answer = { goesOn: false };
  void foreground.room().then(() => {
    answer.goesOn = true;
  });
  return answer;
}

it('lets the background go on while few calls are answered', async () => {
  const foreground = new Foreground();
  calls(foreground, 3);
  const background = asked(foreground);
  await setTimeout(0);
  expect(background.goesOn).toBe(true);
});

it('lets it wait while there are many, until enough of them are over', async () => {
  const foreground = new Foreground();
  const [end] = calls(foreground, 4);
  const background = asked(foreground);
  await setTimeout(100);
  expect(background.goesOn).toBe(false);
  end();
  await setTimeout(0);
  expect(background.goesOn).toBe(true);
});

it('never lets it wait for long', async () => {
  const foreground = new Foreground();
  calls(foreground, 100);
  const room = foreground.room().then(() => 'goes on');
  expect(await Promise.race([room, setTimeout(5_000, 'still waits', { ref: false })])).toBe('goes on');
});
