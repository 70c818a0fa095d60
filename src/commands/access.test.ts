import { Readable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { newId } from '#ground/chance.server.ts';
import { testNow, testVisit } from '#ground/testing.server.ts';
import { personOfToken } from '#rooms/identity';
import * as role from './role.ts';
import * as token from './token.ts';

const visit = testVisit();
await visit.db
  .insertInto('organisations')
  .values({ id: newId(testNow), slug: 'waterschap', name: JSON.stringify({ nl: 'Het Waterschap' }) })
  .execute();

/** Runs a command as an operator would: what it prints, and how it ends. */
async function ran(command: { run: (visit: ReturnType<typeof testVisit>, args: string[]) => Promise<number> }, args: string[], input = '') {
  const said = { out: '', wrong: '' };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((said.out += String(chunk)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => ((said.wrong += String(chunk)), true)),
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(Object.assign(Readable.from([input]), { fd: 0 as const }) as never),
  ];
  const end = await command.run(visit, args).finally(() => spies.forEach((spy) => spy.mockRestore()));
  return { ...said, end };
}
const owner = async (line: string | undefined) => (await personOfToken(visit, line ?? ''))?.email;

test('tokens come one a line in the order of the addresses, those of standard input in their place', async () => {
  const { out, wrong, end } = await ran(token, ['een@example.org', '-', 'vier@example.org'], 'Twee@example.org\r\ndrie@example.org\n\n');
  const lines = out.split('\n');
  expect({ end, wrong, owners: await Promise.all(lines.slice(0, 4).map(owner)), rest: lines.slice(4) }).toEqual({
    end: 0,
    wrong: '',
    owners: ['een@example.org', 'twee@example.org', 'drie@example.org', 'vier@example.org'],
    rest: [''],
  });
});

test('a token can come with a role and less than its person may', async () => {
  const { out } = await ran(token, ['rol@example.org', '--role', 'manager:waterschap', '--scope=read']);
  expect(await personOfToken(visit, out.trim())).toMatchObject({ roles: [{ role: 'manager', scope: 'waterschap' }], scopes: ['read'] });
});

test('what is wrong is said in a sentence, and nothing is printed', async () => {
  const wrongs = [
    ['fout'],
    ['a@example.org', '--role', 'baas'],
    ['a@example.org', '--role', 'team:1999'],
    ['a@example.org', '--scope', 'alles'],
    ['a@example.org', '--rol', 'admin'],
    ['a@example.org', '--role'],
    [],
  ];
  for (const args of wrongs) expect(await ran(token, args)).toEqual({ out: '', end: 1, wrong: expect.stringMatching(/^[A-Z'].+[.?)]\n$/) });
  expect(await visit.db.selectFrom('people').select('id').where('email', '=', 'a@example.org').execute()).toEqual([]);
});

test('a role is given and taken away', async () => {
  const { out } = await ran(token, ['ambtenaar@example.org']);
  const person = () => personOfToken(visit, out.trim());
  expect(await ran(role, ['ambtenaar@example.org', 'internal'])).toEqual({ out: 'ambtenaar@example.org is internal.\n', wrong: '', end: 0 });
  expect(await ran(role, ['ambtenaar@example.org', 'manager:waterschap'])).toMatchObject({ end: 0 });
  expect(await person()).toMatchObject({ isInternal: true, roles: [{ role: 'manager', scope: 'waterschap' }] });
  expect(await ran(role, ['ambtenaar@example.org', '--remove', 'internal'])).toMatchObject({ end: 0 });
  expect(await ran(role, ['--remove', 'manager:waterschap'].toSpliced(0, 0, 'ambtenaar@example.org'))).toMatchObject({ end: 0 });
  expect(await person()).toMatchObject({ isInternal: false, roles: [] });
});

test('a special role brings a code to hand over, as long as there is no passkey that counts', async () => {
  const email = 'houder@example.org';
  const code = /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/;
  const { out, wrong, end } = await ran(role, [email, 'manager:waterschap']);
  const [line, first = '', ...rest] = out.split('\n');
  expect({ line, wrong, end, rest }).toEqual({ line: `${email} is manager:waterschap.`, wrong: '', end: 0, rest: [''] });
  const again = await ran(role, [email, '--invite']);
  expect([first, again.out.trim()].map((said) => code.test(said))).toEqual([true, true]);
  expect(again.out.trim()).not.toBe(first);
  expect(await ran(role, ['niemand@example.org', '--invite'])).toMatchObject({ out: '', end: 1 });
  const { id } = await visit.db.selectFrom('people').select('id').where('email', '=', email).executeTakeFirstOrThrow();
  const passkey = { id: newId(testNow), person_id: id, credential: 'een', public_key: Buffer.from('key'), name: 'Sleutel', created_at: testNow };
  await visit.db
    .insertInto('passkeys')
    .values({ ...passkey, usable_at: new Date(testNow.getTime() + 1) })
    .execute();
  expect((await ran(role, [email, 'admin'])).out.split('\n')).toHaveLength(3);
  await visit.db.updateTable('passkeys').set({ usable_at: testNow }).execute();
  expect(await ran(role, [email, 'admin'])).toEqual({ out: `${email} is admin.\n`, wrong: '', end: 0 });
});

test('a role for nothing or nobody is refused in a sentence', async () => {
  const wrongs = [
    ['a@example.org'],
    ['a@example.org', 'baas'],
    ['a@example.org', 'host:AAAAAA'],
    ['a@example.org', 'manager:niets'],
    ['fout', 'admin'],
    ['niemand@example.org', '--remove', 'admin'],
  ];
  for (const args of wrongs) expect(await ran(role, args)).toEqual({ out: '', end: 1, wrong: expect.stringMatching(/^[A-Z'].+[.)L]E?\n$/) });
});
