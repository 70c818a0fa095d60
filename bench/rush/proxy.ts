// A network that does everything wrong that a network may: each question reaches the server one to five times at once,
// and often the answer is lost on its way back, after the work was done.
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { chance } from '../table.ts';
import { openWire, type Answer, type Wire } from './wire.ts';

export interface Proxy {
  readonly port: number;
  /** Questions of which more than one copy was answered with 'new' (201). */
  readonly newTwice: () => number;
  readonly delivered: () => number;
  readonly dropped: () => number;
  readonly close: () => Promise<void>;
}

export async function openProxy(upstream: number, { seed, drops }: { seed: number; drops: number }): Promise<Proxy> {
  const draw = chance(seed);
  const counts = { newTwice: 0, delivered: 0, dropped: 0 };
  const open = new Set<Socket>();
  const server = createServer((client) => {
    open.add(client);
    const wires: Wire[] = [];
    // A question is small and travels in one piece.
    client.on('data', (asked) => {
      void deliver(asked.toString('latin1'), wires, upstream, 1 + Math.floor(draw() * 5)).then((answers) => {
        counts.delivered += answers.length;
        if (answers.filter(({ status }) => status === 201).length > 1) counts.newTwice++;
        const last = answers.at(-1);
        if (!last || draw() < drops) {
          counts.dropped++;
          client.destroy();
        } else client.write(asText(last));
      });
    });
    client.on('error', () => {});
    client.on('close', () => {
      open.delete(client);
      for (const wire of wires) wire.close();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    newTwice: () => counts.newTwice,
    delivered: () => counts.delivered,
    dropped: () => counts.dropped,
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

/** All at once, each over a connection of its own; those that got an answer, in the order in which these came. */
async function deliver(asked: string, wires: Wire[], port: number, copies: number): Promise<Answer[]> {
  const answers: Answer[] = [];
  const one = async (nth: number): Promise<void> => {
    try {
      if (!wires[nth]?.isOpen()) wires[nth] = await openWire(port);
      answers.push(await wires[nth]!.ask(asked));
    } catch {
      // lost on its way, as happens
    }
  };
  await Promise.all(Array.from({ length: copies }, (_, nth) => one(nth)));
  return answers;
}

const asText = ({ status, head, body }: Answer): string => {
  const retry = /\r\nretry-after: *([^\r]+)/i.exec(head)?.[1];
  return `HTTP/1.1 ${status} -\r\n${retry ? `retry-after: ${retry}\r\n` : ''}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};
