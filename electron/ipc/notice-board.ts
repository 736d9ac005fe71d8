/**
 * One sentence for the person at the screen, kept until a page takes it: the page that should show it may be the one
 * that is just being loaded again.
 */
export class NoticeBoard {
  readonly #announce: () => void;
  #words: string | null = null;

  /** `announce` tells the pages that there is something to take. */
  constructor(announce: () => void) {
    this.#announce = announce;
  }

  /** Puts a sentence up; an older one that nobody took is replaced. */
  post(words: string): void {
    process.stderr.write(`milepost: ${words}\n`);
    this.#words = words;
    this.#announce();
  }

  /** Takes the sentence down; null when there is none. */
  take(): string | null {
    const words = this.#words;
    this.#words = null;
    return words;
  }
}
