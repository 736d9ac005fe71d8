/** One line on stderr for people and log collectors: time, words, fields as JSON. Never on stdout, which is for data. */
export function logLine(words: string, fields?: Readonly<Record<string, unknown>>): void {
  const rest = fields === undefined ? '' : ` ${JSON.stringify(fields)}`;
  process.stderr.write(`${new Date().toISOString()} ${words}${rest}\n`);
}
