/** MQTT's rule: `#` is the whole last level, `+` a whole level. A filter that breaks it allows nothing. */
export function isTopicFilter(filter: string): boolean {
  const levels = filter.split('/');
  return levels.every((level, i) => {
    if (level === '#') return i === levels.length - 1;
    return level === '+' || !/[+#]/.test(level);
  });
}

/** Whether a topic falls under a filter that keeps to the rule. Asked for each packet of a bridge: it makes no copies. */
export function matchesFilter(filter: string, topic: string): boolean {
  let inFilter = 0;
  let inTopic = 0;
  for (;;) {
    if (filter[inFilter] === '#') return true;
    const filterEnd = endOfLevel(filter, inFilter);
    const topicEnd = endOfLevel(topic, inTopic);
    if (filter[inFilter] !== '+' && !isSameLevel(filter, inFilter, filterEnd, topic, inTopic, topicEnd)) {
      return false;
    }
    // `a/#` is also `a` itself.
    if (topicEnd === topic.length)
      return filterEnd === filter.length || (filter.endsWith('/#') && filterEnd + 2 === filter.length);
    if (filterEnd === filter.length) return false;
    inFilter = filterEnd + 1;
    inTopic = topicEnd + 1;
  }
}

function endOfLevel(text: string, from: number): number {
  const slashAt = text.indexOf('/', from);
  return slashAt < 0 ? text.length : slashAt;
}

function isSameLevel(
  filter: string,
  filterStart: number,
  filterEnd: number,
  topic: string,
  topicStart: number,
  topicEnd: number,
): boolean {
  if (filterEnd - filterStart !== topicEnd - topicStart) return false;
  for (let i = 0; i < filterEnd - filterStart; i += 1) {
    if (filter.charCodeAt(filterStart + i) !== topic.charCodeAt(topicStart + i)) return false;
  }
  return true;
}
