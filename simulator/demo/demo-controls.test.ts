import { expect, test } from 'vitest';
import { DemoControls } from './demo-controls.ts';

const controls = (): DemoControls => new DemoControls(new AbortController().signal);

/** Lets everything run that is ready to. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a run may go until it is paused, and again when it is resumed', async () => {
  const hand = controls();
  await hand.mayGo();
  hand.pause();
  const went: string[] = [];
  const going = hand.mayGo().then(() => went.push('went'));
  await settled();
  expect(went).toEqual([]);
  hand.resume();
  await going;
  expect(went).toEqual(['went']);
  await hand.mayGo();
});

test('while paused, a step lets it go once, at the speed at which a step is ten seconds', async () => {
  const hand = controls();
  hand.setSpeed(2);
  hand.pause();
  hand.step();
  await hand.mayGo();
  expect(hand.speed()).toBe(60);
  let hasGone = false;
  const going = hand.mayGo().then(() => (hasGone = true));
  await settled();
  expect([hasGone, hand.speed()]).toEqual([false, 2]);
  hand.resume();
  await going;
  expect(hand.speed()).toBe(2);
});

test('a run that is stopped while it is paused is let go, so that everybody gets home', async () => {
  const stopping = new AbortController();
  const hand = new DemoControls(stopping.signal);
  hand.pause();
  const going = hand.mayGo();
  stopping.abort();
  await going;
  await hand.mayGo();
});

test('what is to happen is taken once, in the order it was said', () => {
  const hand = controls();
  hand.intervene({ kind: 'recover' });
  hand.intervene({ kind: 'pass', untilMs: 5, stepMs: 1 });
  expect([hand.nextIntervention(), hand.nextIntervention(), hand.nextIntervention()]).toEqual([
    { kind: 'recover' },
    { kind: 'pass', untilMs: 5, stepMs: 1 },
    null,
  ]);
});
