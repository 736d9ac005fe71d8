import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Browser, chromium, type Page } from '@playwright/test';
import { must } from '../../core/base/assert.ts';
import { ControlRoom } from './control-room.ts';

/** A built program that was started like any other, and is looked at through a debugging port of the loopback. */
export interface AttachedProgram {
  readonly process: ChildProcess;
  readonly controlRoom: ControlRoom;
  /** Asks it to end, as a system that shuts down does; its exit code. */
  readonly end: () => Promise<number | null>;
}

/**
 * Starts a program and attaches to its window. A packaged program has no debugger on its main process (a fuse sees to
 * it), so this is all of it one gets to see.
 */
export async function attachProgram(
  executable: string,
  args: readonly string[],
  options: Pick<SpawnOptions, 'uid' | 'gid' | 'env' | 'cwd'> = {},
): Promise<AttachedProgram> {
  const flags = ['--remote-debugging-port=0', '--remote-debugging-address=127.0.0.1'];
  const child = spawn(executable, [...flags, ...args], { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    const browser = await chromium.connectOverCDP(await debuggingAddress(child));
    const page = await firstPage(browser);
    return { process: child, controlRoom: new ControlRoom(page), end: () => end(child, browser) };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** The address the program prints when its debugging port is open; a program that ends before it has failed. */
async function debuggingAddress(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  for await (const line of createInterface(must(child.stderr, 'stderr is piped'))) {
    const address = /^DevTools listening on (ws:\S+)$/.exec(line)?.[1];
    if (address !== undefined) {
      child.stderr?.resume();
      return address;
    }
    said.push(line);
  }
  throw new Error(`the program ended before its window opened:\n${said.join('\n')}`);
}

async function firstPage(browser: Browser): Promise<Page> {
  const context = must(browser.contexts()[0], 'a program has one browser context');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  await page.waitForLoadState('domcontentloaded');
  return page;
}

async function end(child: ChildProcess, browser: Browser): Promise<number | null> {
  const exited = child.exitCode === null ? once(child, 'exit') : Promise.resolve();
  await browser.close();
  child.kill('SIGTERM');
  await exited;
  return child.exitCode;
}
