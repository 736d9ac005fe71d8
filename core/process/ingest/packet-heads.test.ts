import { expect, test } from 'vitest';
import type { PacketRecord } from '../../protocol/journal-record.ts';
import { HEAD_BYTES, PacketHeads } from './packet-heads.ts';

const packet = (position: number, payload: Uint8Array, omittedBytes = 0): PacketRecord => ({
  kind: 'packet',
  position,
  receivedAtMs: 1_000 + position,
  topic: `t/${position}`,
  clientId: 'c',
  payload,
  omittedBytes,
});

test('a packet is found by its position, by its first bytes and how many there were', () => {
  const heads = new PacketHeads();
  heads.note(packet(3, Uint8Array.of(1, 2)));
  heads.note(packet(7, new Uint8Array(300).fill(9), 1_000));
  expect(heads.at(3)).toEqual({
    position: 3,
    topic: 't/3',
    clientId: 'c',
    receivedAtMs: 1_003,
    bytes: 2,
    head: Uint8Array.of(1, 2),
  });
  expect(heads.at(7)).toMatchObject({ bytes: 1_300, head: new Uint8Array(HEAD_BYTES).fill(9) });
  expect([heads.at(2), heads.at(5), heads.at(8)]).toEqual([null, null, null]);
});

test('the oldest make room for the newest', () => {
  const heads = new PacketHeads();
  for (let position = 0; position < 20_000; position += 1)
    heads.note(packet(position, Uint8Array.of(position & 0xff)));
  const kept = Array.from({ length: 20_000 }, (_, position) => position).filter(
    (at) => heads.at(at) !== null,
  );
  expect([kept[0], kept.at(-1), kept.length]).toEqual([20_000 - 16_384, 19_999, 16_384]);
  expect(heads.at(15_000)).toMatchObject({ topic: 't/15000', head: Uint8Array.of(15_000 & 0xff) });
});
