import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { addressOf } from './front.ts';

// The settings are read when the first file that needs them is.
vi.hoisted(() => (process.env['TRUSTED_PROXIES'] = '10.0.0.0/8,::1'));

/** A request that came in over a connection from an address, through the proxies that wrote the row. */
function from(address: string, row?: string): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: address });
  const req = new IncomingMessage(socket);
  if (row !== undefined) req.headers['x-forwarded-for'] = row;
  return req;
}

test.each([
  ['a visitor without a proxy', from('192.0.2.7'), '192.0.2.7'],
  ['a visitor who invents a proxy', from('192.0.2.7', '198.51.100.1'), '192.0.2.7'],
  ['our proxy', from('::ffff:10.1.2.3', '192.0.2.7'), '192.0.2.7'],
  ['two proxies of ours', from('::1', '192.0.2.7, 10.9.9.9'), '192.0.2.7'],
  ['our proxy, after a visitor who invents one', from('10.1.2.3', '198.51.100.1, 192.0.2.7'), '192.0.2.7'],
  ['our proxy itself', from('10.1.2.3'), '10.1.2.3'],
  ['our proxy that passes nonsense on', from('10.1.2.3', 'nonsense'), '10.1.2.3'],
])('the address behind %s', (_, req, address) => {
  expect(addressOf(req)).toBe(address);
});
