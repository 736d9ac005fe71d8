/** A binary heap of nodes by cost. A node may be in it twice; the dearer copy comes out late and finds nothing new. */
export class NodeQueue {
  private nodes = new Int32Array(1_024);
  private costs = new Float64Array(1_024);
  private size = 0;

  clear(): void {
    this.size = 0;
  }

  push(node: number, cost: number): void {
    if (this.size === this.nodes.length) this.grow();
    let place = this.size;
    this.size += 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if ((this.costs[parent] ?? 0) <= cost) break;
      this.put(place, this.nodes[parent] ?? 0, this.costs[parent] ?? 0);
      place = parent;
    }
    this.put(place, node, cost);
  }

  /** The cheapest node; -1 when there is none left. */
  pop(): number {
    if (this.size === 0) return -1;
    const top = this.nodes[0] ?? -1;
    this.size -= 1;
    if (this.size > 0) this.sink(this.nodes[this.size] ?? 0, this.costs[this.size] ?? 0);
    return top;
  }

  private sink(node: number, cost: number): void {
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && (this.costs[child + 1] ?? 0) < (this.costs[child] ?? 0)) child += 1;
      if ((this.costs[child] ?? 0) >= cost) break;
      this.put(place, this.nodes[child] ?? 0, this.costs[child] ?? 0);
      place = child;
    }
    this.put(place, node, cost);
  }

  private put(place: number, node: number, cost: number): void {
    this.nodes[place] = node;
    this.costs[place] = cost;
  }

  private grow(): void {
    const [nodes, costs] = [new Int32Array(2 * this.size), new Float64Array(2 * this.size)];
    nodes.set(this.nodes);
    costs.set(this.costs);
    [this.nodes, this.costs] = [nodes, costs];
  }
}
