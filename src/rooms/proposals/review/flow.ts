// The cheapest way to send as much as can be sent through a network of pipes that each hold a whole number and cost something
// for each unit: minimum-cost maximum flow by the primal-dual method (Ford and Fulkerson 1962; Ahuja, Magnanti and Orlin,
// Network Flows, 1993, section 9.8), with Dijkstra's shortest paths over reduced costs. Costs are whole and not negative,
// so the answer is exact as long as the sum of all costs stays below 2^53.

export interface Network {
  /** A point more; answers its number. */
  readonly point: () => number;
  /** A pipe more; answers its number. */
  readonly pipe: (from: number, to: number, holds: number, cost: number) => number;
  /** Sends as much as can be from one point to another, as cheaply as can be; answers how much. */
  readonly send: (from: number, to: number) => number;
  /** How much went through a pipe. */
  readonly through: (pipe: number) => number;
}

export function network(): Network {
  // Each pipe has one the other way behind it (its number xor 1), by which what was sent can be taken back.
  const [ends, room, costs]: [number[], number[], number[]] = [[], [], []];
  const out: number[][] = [];
  const half = (from: number, to: number, holds: number, cost: number): void => {
    out[from]!.push(ends.length);
    ends.push(to);
    room.push(holds);
    costs.push(cost);
  };
  return {
    point: () => out.push([]) - 1,
    pipe: (from, to, holds, cost) => {
      half(from, to, holds, cost);
      half(to, from, 0, -cost);
      return ends.length - 2;
    },
    through: (pipe) => room[pipe ^ 1]!,
    send: (from, to) => {
      const potential = new Float64Array(out.length);
      let sent = 0;
      while (raise({ out, ends, room, costs }, potential, from, to)) {
        for (;;) {
          const more = push({ out, ends, room, costs }, potential, from, to);
          if (more === 0) break;
          sent += more;
        }
      }
      return sent;
    },
  };
}

interface Pipes {
  readonly out: readonly (readonly number[])[];
  readonly ends: readonly number[];
  readonly room: number[];
  readonly costs: readonly number[];
}

/** Raises the potentials so that the cheapest ways left cost nothing; false when there is no way left. */
function raise({ out, ends, room, costs }: Pipes, potential: Float64Array, from: number, to: number): boolean {
  const far = new Float64Array(out.length).fill(Infinity);
  const isDone = new Uint8Array(out.length);
  far[from] = 0;
  const queue = heap();
  queue.push(0, from);
  for (let next = queue.pop(); next !== null; next = queue.pop()) {
    const { point } = next;
    if (isDone[point]) continue;
    isDone[point] = 1;
    if (point === to) break;
    for (const pipe of out[point]!) {
      if (room[pipe]! <= 0) continue;
      const end = ends[pipe]!;
      const distance = far[point]! + costs[pipe]! + potential[point]! - potential[end]!;
      if (distance >= far[end]!) continue;
      far[end] = distance;
      queue.push(distance, end);
    }
  }
  if (far[to] === Infinity) return false;
  // Points that were not reached before the goal are at least as far as it.
  for (let point = 0; point < out.length; point++) potential[point]! += Math.min(far[point]!, far[to]!);
  return true;
}

/** Sends what fits along ways that cost nothing now; a point that led nowhere is not tried again. */
function push({ out, ends, room, costs }: Pipes, potential: Float64Array, from: number, to: number): number {
  const isSeen = new Uint8Array(out.length);
  const through = (point: number, most: number): number => {
    if (point === to) return most;
    isSeen[point] = 1;
    let sent = 0;
    for (const pipe of out[point]!) {
      const end = ends[pipe]!;
      if (room[pipe]! <= 0 || isSeen[end] || costs[pipe]! + potential[point]! - potential[end]! !== 0) continue;
      const more = through(end, Math.min(most - sent, room[pipe]!));
      room[pipe]! -= more;
      room[pipe ^ 1]! += more;
      sent += more;
      if (sent === most) break;
    }
    if (sent === most) isSeen[point] = 0;
    return sent;
  };
  return through(from, Infinity);
}

/** A queue of which the nearest comes first. */
function heap() {
  const [keys, points]: [number[], number[]] = [[], []];
  const swap = (a: number, b: number): void => {
    [keys[a], keys[b]] = [keys[b]!, keys[a]!];
    [points[a], points[b]] = [points[b]!, points[a]!];
  };
  return {
    push(key: number, point: number): void {
      let at = keys.push(key) - 1;
      points.push(point);
      for (let up = (at - 1) >> 1; at > 0 && keys[up]! > keys[at]!; at = up, up = (at - 1) >> 1) swap(at, up);
    },
    pop(): { key: number; point: number } | null {
      if (keys.length === 0) return null;
      swap(0, keys.length - 1);
      const [key, point] = [keys.pop()!, points.pop()!];
      for (let at = 0; ;) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        if (left >= keys.length) break;
        const down = right < keys.length && keys[right]! < keys[left]! ? right : left;
        if (keys[down]! >= keys[at]!) break;
        swap(at, down);
        at = down;
      }
      return { key, point };
    },
  };
}
