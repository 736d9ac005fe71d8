import { describe, expect, test } from 'vitest';
import { parseWindowState, placeWindow, type Rectangle } from './window-state.ts';

const laptop: Rectangle = { x: 0, y: 25, width: 1366, height: 743 };
const wall: Rectangle = { x: 1366, y: 0, width: 3840, height: 2160 };
const bounds: Rectangle = { x: 1500, y: 40, width: 2000, height: 1200 };

describe('a window opens', () => {
  test('where it was closed, on whichever screen', () => {
    expect(placeWindow({ bounds, isMaximized: false }, [laptop, wall])).toEqual(bounds);
  });

  test('on the main screen, no larger than it, when its old screen is gone', () => {
    expect(placeWindow({ bounds, isMaximized: false }, [laptop])).toEqual({ width: 1366, height: 743 });
  });

  test('on the main screen when its title bar lies where no hand can reach it', () => {
    const above = { x: 10, y: -300, width: 1440, height: 900 };
    expect(placeWindow({ bounds: above, isMaximized: false }, [wall])).toEqual({ width: 1440, height: 900 });
  });

  test('at its usual size the first time', () => {
    expect(placeWindow(null, [wall])).toEqual({ width: 1440, height: 900 });
  });
});

test('the state file is read back as it was written', () => {
  const state = { bounds, isMaximized: true };
  expect(parseWindowState(JSON.stringify(state))).toEqual(state);
});

test.each([
  null,
  '',
  '{"bounds":',
  '{"bounds":{"x":0,"y":0,"width":-4,"height":9},"isMaximized":false}',
  '[]',
])('a missing or damaged state file (%j) means no state', (text) => {
  expect(parseWindowState(text)).toBeNull();
});
