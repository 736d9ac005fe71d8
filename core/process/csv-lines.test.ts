import { expect, test } from 'vitest';
import { csvLines } from './csv-lines.ts';

test('lines count as an editor shows them, and those without text are left out', () => {
  const csv = '\uFEFFa,b\r\n\r\n 1 ,"x\r\ny"\r,\n"2"," z "\n';
  expect(csvLines(csv)).toEqual({
    ok: true,
    value: {
      separator: ',',
      lines: [
        { line: 1, cells: ['a', 'b'] },
        { line: 4, cells: ['1', 'x\r\ny'] },
        { line: 6, cells: ['2', ' z '] },
      ],
    },
  });
});

test.each([
  ['a,b\n1;2;3', ','],
  ['a;b\n1,2,3,4', ';'],
  ['a\tb\n', '\t'],
  ['"a;b;c",d\n', ','],
  ['alone\n1', ','],
])('the separator is what the heads have most of: %j', (csv, separator) => {
  expect(csvLines(csv)).toMatchObject({ value: { separator } });
});

test.each([
  ['a\n\uFFFD', 1, 'the file is not UTF-8 text; save it again as "CSV UTF-8"'],
  ['a\0b\0', 1, 'the file is not UTF-8 text; save it again as "CSV UTF-8"'],
  ['a,b\n1,2\n3,4"5\n', 3, expect.stringContaining('not a CSV file: ')],
  ['a\n'.repeat(100_002), 100_002, 'at most 100000 lines a file'],
])('a file that cannot be read says where and why: %#', (csv, line, problem) => {
  expect(csvLines(csv)).toEqual({ ok: false, error: { line, field: 'file', problem } });
});
