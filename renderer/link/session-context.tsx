import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';
import { must } from '../../core/base/assert.ts';
import type { SessionNow } from '../../core/protocol/access-asks.ts';
import { useCore } from './core-context.tsx';

/** The dialogs about who is here; any screen may open one. */
export type AccessDialog = 'sign-in' | 'add-account' | 'change-password' | 'approvals';

/** Who uses this window, as the core has it. */
export interface SessionView {
  /** Null before the core has answered. */
  readonly now: SessionNow | null;
  /** There are accounts and nobody is signed in: looking on is possible, deciding is not. */
  readonly needsSignIn: boolean;
  /** Asks the core again, after something that changes who is here or what waits. */
  readonly refresh: () => Promise<void>;
  readonly dialog: AccessDialog | null;
  readonly open: (dialog: AccessDialog | null) => void;
  /** The last decision of this window that waits for a second person, until it is dismissed. */
  readonly proposed: string | null;
  readonly noteProposed: (proposal: string | null) => void;
}

interface NotedProposal {
  readonly proposal: string;
  /** The session it was proposed in, by when it ends. */
  readonly session: number | null;
}

const SessionContext = createContext<SessionView | null>(null);
const ASK_EVERY_MS = 5_000;

/** Keeps asking who is signed in, and tells the core whether somebody is at the window. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [now, setNow] = useState<SessionNow | null>(null);
  const [dialog, open] = useState<AccessDialog | null>(null);
  const [noted, setNoted] = useState<NotedProposal | null>(null);
  const refresh = useAskedAgain(setNow);
  const session = now?.signedIn?.untilMs ?? null;
  // Who proposed it is told while it waits; whoever sits down here next is not.
  const isStanding = noted !== null && noted.session === session && (now?.waiting ?? 0) > 0;
  const proposed = isStanding ? noted.proposal : null;
  const noteProposed = (proposal: string | null): void =>
    setNoted(proposal === null ? null : { proposal, session });
  const needsSignIn = now !== null && now.hasAccounts && now.signedIn === null;
  return (
    <SessionContext value={{ now, needsSignIn, refresh, dialog, open, proposed, noteProposed }}>
      {children}
    </SessionContext>
  );
}

function useAskedAgain(onAnswer: (now: SessionNow) => void): () => Promise<void> {
  const { link } = useCore();
  const isInUse = useRef(false);
  const ask = async (): Promise<void> => {
    const wasInUse = isInUse.current;
    isInUse.current = false;
    const answer = await link.ask('session.now', { isInUse: wasInUse });
    if (answer.ok) onAnswer(answer.value);
  };
  const askNow = useEffectEvent(() => void ask());
  useEffect(() => {
    const noteUse = (): void => {
      isInUse.current = true;
    };
    const timer = setInterval(askNow, ASK_EVERY_MS);
    // Another core answers: whoever was signed in at the one before is not at this one.
    const stop = link.onRosterChanged(askNow);
    window.addEventListener('pointerdown', noteUse);
    window.addEventListener('keydown', noteUse);
    askNow();
    return () => {
      clearInterval(timer);
      stop();
      window.removeEventListener('pointerdown', noteUse);
      window.removeEventListener('keydown', noteUse);
    };
  }, [link]);
  return ask;
}

export function useSession(): SessionView {
  return must(useContext(SessionContext), 'a part outside SessionProvider');
}
