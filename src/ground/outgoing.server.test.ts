// Real hosts on this machine, asked as somebody's address would be; only the look-up of names is ours.
import http from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import fc from 'fast-check';
import { ask, isPublic, type Asking, type Surroundings } from './outgoing.server.ts';

let port = 0;
const seen: { url: string; headers: http.IncomingHttpHeaders; body: string }[] = [];
const server = http.createServer((req, res) => {
  let body = '';
  req.on('data', (part: Buffer) => (body += String(part)));
  req.on('end', () => {
    seen.push({ url: req.url ?? '', headers: req.headers, body });
    const [, what = '', more = ''] = /^\/([\w-]*)\??(.*)$/.exec(req.url ?? '') ?? [];
    if (what === 'to') return res.writeHead(302, { location: decodeURIComponent(more) }).end();
    if (what === 'round') return res.writeHead(302, { location: '/round' }).end();
    if (what === 'silent') return;
    if (what === 'slow') return void res.writeHead(200).write('a little');
    if (what === 'huge') return void res.writeHead(200, { 'content-length': 5_000_000 }).end(Buffer.alloc(5_000_000));
    if (what === 'unsaid') return void res.writeHead(200, { 'transfer-encoding': 'chunked' }).end(Buffer.alloc(5_000_000));
    if (what === 'bomb') return void res.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000)));
    res.writeHead(what === 'no' ? 404 : 200, { 'content-type': 'text/plain', 'set-cookie': 'a=b' }).end('here');
  });
});
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', () => ((port = (server.address() as { port: number }).port), done()))));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A world in which names stand for what a test says. */
const names = (given: Readonly<Record<string, readonly string[]>>, allow: readonly string[] = []): Surroundings => ({
  allow,
  lookup: (host) =>
    given[host]
      ? Promise.resolve(given[host].map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))
      : Promise.reject(new Error(host)),
});
const asked = async (address: string, asking: Asking = {}, around = names({ here: ['127.0.0.1'] }, ['127.0.0.1'])) => {
  const answered = await ask(address.replace('PORT', String(port)), asking, around);
  return 'refused' in answered ? answered.refused : { ...answered, body: String(answered.body) };
};

test('what is asked arrives, and what is answered comes back without its cookies', async () => {
  const answered = await asked('http://here:PORT/', { method: 'POST', body: 'ok?', headers: { traceparent: '00-a-b-01' } });
  expect(answered).toMatchObject({ status: 200, body: 'here', headers: { 'content-type': 'text/plain' } });
  expect(answered).not.toHaveProperty('headers.set-cookie');
  expect(seen.at(-1)).toMatchObject({ body: 'ok?', headers: { traceparent: '00-a-b-01', host: `here:${port}`, 'accept-encoding': 'identity' } });
  expect(seen.at(-1)!.headers).not.toHaveProperty('cookie');
  expect(await asked('http://here:PORT/no')).toMatchObject({ status: 404 });
});

test('however a private address is written, it is not asked', async () => {
  const forms = [
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '127.0.0.1.',
    '１２７.0.0.1',
    '%31%32%37.0.0.1',
    '0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::a00:1]',
    '[2002:7f00:1::]',
    '[2001:0:7f00:1::]',
    '[fe80::1]',
    '[fec0::1]',
    '[fd00::1]',
    '[ff02::1]',
    '169.254.169.254',
    '100.64.0.1',
    '100.100.100.200',
    '168.63.129.16',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '224.0.0.1',
    '255.255.255.255',
  ];
  const before = seen.length;
  const answers = await Promise.all(
    forms.flatMap((form) => ['http', 'https'].map(async (kind) => [form, await asked(`${kind}://${form}:${port}/`, {}, names({}))])),
  );
  expect(answers.filter(([, answer]) => answer !== 'address-private')).toEqual([]);
  expect(seen.length).toBe(before);
});

test('a name is refused when anything it stands for is private', async () => {
  const around = names({ 'both.example.org': ['93.184.215.14', '10.0.0.1'], localhost: ['127.0.0.1', '::1'], 'nothing.example.org': [] });
  expect(await asked('https://both.example.org/', {}, around)).toBe('address-private');
  expect(await asked('https://localhost:PORT/', {}, around)).toBe('address-private');
  expect(await asked('https://LOCALHOST.:PORT/', {}, around)).toBe('address-private');
  expect(await asked('https://nothing.example.org/', {}, around)).toBe('address-unknown');
  expect(await asked('https://nowhere.example.org/', {}, around)).toBe('address-unknown');
});

test('only the web, only encrypted, and no name or password in the address', async () => {
  const around = names({ 'open.example.org': ['93.184.215.14'] });
  for (const address of [
    'ftp://open.example.org/',
    'file:///etc/passwd',
    'gopher://open.example.org',
    'data:text/plain,a',
    '//open.example.org',
    'x',
    '',
  ])
    expect([address, await asked(address, {}, around)]).toEqual([address, 'address-not-web']);
  expect(await asked('http://open.example.org/', {}, around)).toBe('address-not-web');
  expect(await asked('https://somebody:secret@open.example.org/', {}, around)).toBe('address-not-web');
});

test('a name that means something else a moment later leads to what was judged', async () => {
  let times = 0;
  const rebinding: Surroundings = {
    allow: ['127.0.0.1'],
    lookup: () => Promise.resolve([{ address: times++ === 0 ? '127.0.0.1' : '10.0.0.1', family: 4 }]),
  };
  // The name exists nowhere: had the connection looked it up itself, nobody would have answered.
  expect(await asked('http://rebinding.invalid:PORT/', {}, rebinding)).toMatchObject({ status: 200, body: 'here' });
  expect(times).toBe(1);
});

test('an address that points elsewhere is followed only when asked, and judged again', async () => {
  const around = names({ here: ['127.0.0.1'], there: ['127.0.0.1'], inside: ['10.0.0.1'], loop: ['127.0.0.2'] }, ['here', 'there']);
  const to = (where: string) => `http://here:PORT/to?${encodeURIComponent(where.replace('PORT', String(port)))}`;
  expect(await asked(to('http://there:PORT/'), {}, around)).toMatchObject({ status: 302 });
  expect(await asked(to('http://there:PORT/'), { redirects: 3, headers: { 'x-own': 'secret' } }, around)).toMatchObject({ status: 200 });
  expect(seen.at(-1)!.headers).not.toHaveProperty('x-own');
  expect(await asked(to('/'), { redirects: 1, headers: { 'x-own': 'kept' } }, around)).toMatchObject({ status: 200 });
  expect(seen.at(-1)!.headers).toMatchObject({ 'x-own': 'kept' });
  expect(await asked(to('http://inside:PORT/'), { redirects: 3 }, around)).toBe('address-private');
  expect(await asked(to('http://loop:PORT/'), { redirects: 3 }, around)).toBe('address-private');
  expect(await asked(to('http://2130706434:PORT/'), { redirects: 3 }, around)).toBe('address-private');
  expect(await asked(to('file:///etc/passwd'), { redirects: 3 }, around)).toBe('address-elsewhere');
  expect(await asked('http://here:PORT/round', { redirects: 3 }, around)).toBe('address-elsewhere');
  expect(await asked(to('http://there:PORT/'), { redirects: 3, method: 'POST', body: 'a' }, around)).toBe('address-elsewhere');
});

test('who says nothing, or says too much, is left', async () => {
  const few = { timeout: 200, mostBytes: 1000 };
  expect(await asked('http://here:PORT/silent', few)).toBe('address-slow');
  expect(await asked('http://here:PORT/slow', few)).toBe('address-slow');
  expect(await asked('http://here:PORT/', few, { allow: [], lookup: () => new Promise(() => {}) })).toBe('address-slow');
  expect(await asked('http://here:PORT/huge', { mostBytes: 1000 })).toBe('answer-too-large');
  expect(await asked('http://here:PORT/unsaid', { mostBytes: 1000 })).toBe('answer-too-large');
  expect(await asked('http://here:PORT/bomb', { mostBytes: 1_000_000 })).toBe('answer-packed');
  expect(await asked('http://here:1/', few)).toBe('address-silent');
});

test('no form of IPv6 that carries an address of IPv4 is public', () => {
  const part = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(fc.tuple(part, part, part, part), (parts) => {
      const four = parts.join('.');
      return [`::ffff:${four}`, `::${four}`, `64:ff9b::${four}`, `fe80::1:${four}`].every((six) => !isPublic(six));
    }),
  );
  expect(['1.1.1.1', '193.0.14.129', '2606:4700:4700::1111', '2a00:d78::1'].filter((address) => !isPublic(address))).toEqual([]);
  expect(['', 'localhost', 'fe80::1%lo', '2606::1%eth0', '1.1.1.1/8'].filter(isPublic)).toEqual([]);
});

test('without the judgement the same address would have been asked', async () => {
  const around = names({ 'trick.example.org': ['127.0.0.1'] });
  expect(await asked('http://trick.example.org:PORT/', {}, around)).toBe('address-private');
  expect(await asked('http://trick.example.org:PORT/', {}, { ...around, allow: ['0.0.0.0/0'] })).toMatchObject({ status: 200, body: 'here' });
});
