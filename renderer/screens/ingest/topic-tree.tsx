import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import type { TopicNode } from '../../../core/protocol/ingest-asks.ts';
import { useAsk } from '../../link/use-ask.ts';
import { formatCount } from '../../parts/formats.ts';
import { moveInTree } from './tree-cursor.ts';

const ASK_EVERY_MS = 2_000;
/** The busiest at a level; more of them nobody reads. */
const SHOWN_AT_A_LEVEL = 200;

/** The topics packets came on, level by level as they are opened, with counts; one pressed is the filter of the tail. */
export function TopicTree({ selected, onSelect }: TopicTreeProps) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState(selected);
  const toggle = (topic: string): void =>
    setOpened((before) => (before.has(topic) ? without(before, topic) : new Set([...before, topic])));
  const tree: TreeState = { opened, selected, cursor, toggle, onSelect, onCursor: setCursor };
  return (
    <div role="tree" aria-label="Topics" className="topic-tree">
      <TopicItem tree={tree} topic="" words="All topics" depth={1} packets={null} hasChildren={false} />
      <TopicLevel tree={tree} under="" depth={1} />
    </div>
  );
}

interface TopicTreeProps {
  /** '' for all topics. */
  readonly selected: string;
  readonly onSelect: (topic: string) => void;
}

interface TreeState extends TopicTreeProps {
  readonly opened: ReadonlySet<string>;
  /** The one item that the Tab key reaches, beside the first. */
  readonly cursor: string;
  readonly toggle: (topic: string) => void;
  readonly onCursor: (topic: string) => void;
}

function without(topics: ReadonlySet<string>, topic: string): ReadonlySet<string> {
  return new Set([...topics].filter((one) => one !== topic));
}

interface TopicLevelProps {
  readonly tree: TreeState;
  readonly under: string;
  readonly depth: number;
}

function TopicLevel({ tree, under, depth }: TopicLevelProps) {
  // One more than is shown tells whether there are more.
  const { answer } = useAsk('ingest.topics', { under, limit: SHOWN_AT_A_LEVEL + 1 }, ASK_EVERY_MS);
  if (answer === undefined) return null;
  const indent = { paddingLeft: indentOf(depth) };
  return (
    <>
      {byName(answer.nodes.slice(0, SHOWN_AT_A_LEVEL)).map((node) => (
        <TopicBranch key={node.level} tree={tree} node={node} depth={depth} />
      ))}
      {answer.nodes.length > SHOWN_AT_A_LEVEL && (
        <p className="muted small topic-tree__more" style={indent}>
          and others, less busy
        </p>
      )}
      {under === '' && answer.others > 0 && (
        <p className="muted small topic-tree__more" style={indent}>
          and {formatCount(answer.others)} packets on more topics than are told apart
        </p>
      )}
    </>
  );
}

/** By name, so that no item moves while somebody reaches for it. */
function byName(nodes: readonly TopicNode[]): TopicNode[] {
  return nodes.toSorted((a, b) => a.level.localeCompare(b.level, 'en-GB', { numeric: true }));
}

interface TopicBranchProps {
  readonly tree: TreeState;
  readonly node: TopicNode;
  readonly depth: number;
}

function TopicBranch({ tree, node, depth }: TopicBranchProps) {
  const { topic, level, packets } = node;
  // A topic that starts with "/" has an empty first level, whose name is that of all topics.
  const hasChildren = node.hasChildren && topic !== '';
  return (
    <>
      <TopicItem
        tree={tree}
        topic={topic}
        words={level === '' ? '(empty)' : level}
        depth={depth}
        packets={packets}
        hasChildren={hasChildren}
      />
      {hasChildren && tree.opened.has(topic) && <TopicLevel tree={tree} under={topic} depth={depth + 1} />}
    </>
  );
}

interface TopicItemProps {
  readonly tree: TreeState;
  readonly topic: string;
  readonly words: string;
  readonly depth: number;
  readonly packets: number | null;
  readonly hasChildren: boolean;
}

function TopicItem({ tree, topic, words, depth, packets, hasChildren }: TopicItemProps) {
  const isOpen = tree.opened.has(topic);
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  const press = ({ target }: MouseEvent): void => {
    const isChevron = target instanceof Element && target.closest('.topic-item__chevron') !== null;
    if (isChevron && hasChildren) tree.toggle(topic);
    else tree.onSelect(topic);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') tree.onSelect(topic);
    else if (hasChildren && event.key === (isOpen ? 'ArrowLeft' : 'ArrowRight')) tree.toggle(topic);
    else if (!moveInTree(event.currentTarget, event.key)) return;
    event.preventDefault();
  };
  return (
    <div
      role="treeitem"
      aria-level={depth}
      aria-selected={tree.selected === topic}
      aria-expanded={hasChildren ? isOpen : undefined}
      tabIndex={topic === '' || tree.cursor === topic ? 0 : -1}
      className="topic-item"
      style={{ paddingLeft: indentOf(depth) }}
      title={topic === '' ? undefined : topic}
      onClick={press}
      onFocus={() => tree.onCursor(topic)}
      onKeyDown={onKeyDown}
    >
      <span className="topic-item__chevron" aria-hidden="true">
        {hasChildren && <Chevron size={16} stroke={1.8} />}
      </span>
      <span className="topic-item__words">{words}</span>
      {packets !== null && <span className="topic-item__count live">{formatCount(packets)}</span>}
    </div>
  );
}

const INDENT_PIXELS = 14;

function indentOf(depth: number): number {
  return 6 + (depth - 1) * INDENT_PIXELS;
}
