import { useEffect, useState } from 'react';
import type { Result } from '../../../core/base/result.ts';
import type { RawPacketShown } from '../../../core/protocol/ingest-asks.ts';
import { useCore } from '../../link/core-context.tsx';

/** A packet as the core last gave it, and what became of running it through the decoder again. */
export interface PacketAsked {
  /** Undefined until the first answer; null when it is not in the journal any more. */
  readonly packet: RawPacketShown | null | undefined;
  readonly problem: string | null;
  /** The last run a person asked for, on the core's clock, and whether it gave something else than the one before. */
  readonly rerun: { readonly atMs: number; readonly isChanged: boolean } | null;
}

const NOT_ASKED: PacketAsked = { packet: undefined, problem: null, rerun: null };

/** Reads one packet from the journal; `runAgain` asks for it anew. A component asks for one packet all its life. */
export function usePacket(position: number): PacketAsked & { readonly runAgain: () => void } {
  const { link } = useCore();
  const [asked, setAsked] = useState(NOT_ASKED);
  const [reruns, setReruns] = useState(0);
  useEffect(() => {
    let isOver = false;
    const ask = async (): Promise<void> => {
      const result = await link.ask('ingest.packet', { position });
      const atMs = link.nowMs();
      if (!isOver) setAsked((before) => takePacket(before, result, reruns > 0 ? atMs : null));
    };
    void ask();
    return () => {
      isOver = true;
    };
  }, [link, position, reruns]);
  return { ...asked, runAgain: () => setReruns((before) => before + 1) };
}

/** `rerunAtMs` is null for the first time it is asked for. */
function takePacket(
  before: PacketAsked,
  result: Result<RawPacketShown | null, string>,
  rerunAtMs: number | null,
): PacketAsked {
  if (!result.ok) return { ...before, problem: result.error };
  const isChanged = JSON.stringify(before.packet?.outcome) !== JSON.stringify(result.value?.outcome);
  return {
    packet: result.value,
    problem: null,
    rerun: rerunAtMs === null ? null : { atMs: rerunAtMs, isChanged },
  };
}
