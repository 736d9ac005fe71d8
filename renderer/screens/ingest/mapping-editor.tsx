import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { indentOnInput } from '@codemirror/language';
import { type Diagnostic, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { type RefObject, useEffect, useEffectEvent, useImperativeHandle, useRef } from 'react';
import type { MappingProblemRow } from '../../../core/protocol/door-asks.ts';
import { pageNonce } from '../../theme/page-nonce.ts';
import { editorLook } from './mapping-editor-look.ts';
import { rangeAt, type TextPlace } from './mapping-places.ts';

/** What may be done with an editor from outside. */
export interface EditorHandle {
  readonly goTo: (place: TextPlace) => void;
}

/** An editor of YAML. It keeps its own text from `initial` on: another text needs another `key`. */
export function MappingEditor({ handle, label, initial, problems, onChange }: MappingEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const changed = useEffectEvent(onChange);
  const open = useEffectEvent((parent: HTMLElement) => {
    const extensions = [
      ...setup,
      EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
    ];
    const told = EditorView.updateListener.of((update) => {
      if (update.docChanged) changed(update.state.doc.toString());
    });
    const state = EditorState.create({ doc: initial, extensions: [...extensions, told] });
    return new EditorView({ state, parent });
  });
  useEffect(() => {
    if (host.current === null) return;
    const view = open(host.current);
    editor.current = view;
    return () => {
      editor.current = null;
      view.destroy();
    };
  }, []);
  useEffect(() => {
    const view = editor.current;
    if (view !== null) view.dispatch(setDiagnostics(view.state, diagnosticsOf(view, problems)));
  }, [problems]);
  useImperativeHandle(handle, () => ({
    goTo: (place) => {
      const view = editor.current;
      if (view === null) return;
      const { from, to } = rangeAt(view.state.doc.toString(), place);
      view.dispatch({
        selection: { anchor: from, head: to },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      view.focus();
    },
  }));
  return <div ref={host} className="mapping-editor" />;
}

interface MappingEditorProps {
  readonly handle: RefObject<EditorHandle | null>;
  readonly label: string;
  readonly initial: string;
  /** Of the text as it stands; kept the same while they are the same. */
  readonly problems: readonly MappingProblemRow[];
  readonly onChange: (text: string) => void;
}

/** Tab leaves the editor, as it leaves any field; a new line is indented like the one before it. */
const setup: readonly Extension[] = [
  EditorView.cspNonce.of(pageNonce()),
  lineNumbers(),
  history(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  indentOnInput(),
  EditorView.lineWrapping,
  yaml(),
  keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
  editorLook,
];

function diagnosticsOf(view: EditorView, problems: readonly MappingProblemRow[]): Diagnostic[] {
  const text = view.state.doc.toString();
  return problems
    .map((problem) => ({ ...rangeAt(text, problem), severity: 'error' as const, message: problem.message }))
    .toSorted((a, b) => a.from - b.from);
}
