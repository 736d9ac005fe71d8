import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** A program of the bundle folder that is told what to do over its process channel, and answers once it has. */
export interface DrivenProgram {
  /** Sends a word and waits for the next answer; throws when the program ends instead. */
  tell<T>(word: unknown): Promise<T>;
  end(): void;
}

/** Starts it with its settings and waits for its first word. */
export async function startDriven(program: string, settings: unknown): Promise<DrivenProgram> {
  const child = fork(path.resolve(program), [JSON.stringify(settings)]);
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${program} ended early; so many clients need as many open files (ulimit -n)`);
  });
  ended.catch(() => undefined);
  const answer = async <T>(): Promise<T> => (await Promise.race([once(child, 'message'), ended]))[0] as T;
  await answer();
  return {
    tell: (word) => {
      child.send(word as object);
      return answer();
    },
    end: () => void child.kill(),
  };
}
