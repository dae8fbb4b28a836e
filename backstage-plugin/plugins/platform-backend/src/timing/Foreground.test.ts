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
  const background = Array.from({ length: 8 }, () => asked(foreground));
  await setTimeout(0);
  expect(background.some(({ goesOn }) => goesOn)).toBe(false);
  end();
  await setTimeout(0);
  expect(background.every(({ goesOn }) => goesOn)).toBe(true);
});

it('gives turns to all that wait, in their order, however many calls there are', async () => {
  const foreground = new Foreground();
  calls(foreground, 100);
  const turns: string[] = [];
  const each = ['submit', 'watch', 'notify'].map(name => foreground.room().then(() => turns.push(name)));
  await Promise.race(each);
  expect(turns).toEqual(['submit']);
  await Promise.all(each);
  expect(turns).toEqual(['submit', 'watch', 'notify']);
});
