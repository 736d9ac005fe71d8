import type { Socket } from 'node:net';

const NEWLINE = 10;

/** Splits what a socket sends into lines of at most so many bytes, which may change; a longer one ends the reading. */
export function linesOf(
  socket: Socket,
  lineBytesMax: () => number,
  on: { readonly line: (text: string) => void; readonly tooLong: () => void },
): void {
  let rest: Buffer = Buffer.alloc(0);
  const take = (chunk: Buffer): void => {
    let data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = data.indexOf(NEWLINE); end !== -1; end = data.indexOf(NEWLINE)) {
      if (end > lineBytesMax()) break;
      on.line(data.toString('utf8', 0, end));
      data = data.subarray(end + 1);
    }
    rest = data;
    if (data.length <= lineBytesMax()) return;
    rest = Buffer.alloc(0);
    socket.off('data', take);
    on.tooLong();
  };
  socket.on('data', take);
}
