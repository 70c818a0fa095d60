import nodemailer from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newDigits, newId, newSecret } from './chance.server.ts';
import { allowed } from './log-line.ts';
import { testNow, testVisit } from './testing.server.ts';
import { traceFrom } from './trace.server.ts';

const { db } = testVisit();
const person = { email: 'kanarie-7@example.org', name: 'Kanarie Vogel', token: newSecret(), code: newDigits(), pass: newId(testNow) };
const canaries = [...Object.values(person), 'kanarie', 'Vogel'];
const leaks = (line: unknown): string[] => canaries.filter((canary) => JSON.stringify(line).toLowerCase().includes(canary.toLowerCase()));

const faultOf = (statement: ReturnType<typeof sql>): Promise<unknown> =>
  statement.execute(db).then(
    () => new Error('nothing went wrong'),
    (fault: unknown) => fault,
  );

test('what is not on the list stays out, whatever it is called', () => {
  expect(
    allowed({ person, body: 'x', headers: { cookie: person.token }, tries: 3, what: 'seat-held', applied: ['0015-the-journal-is-sealed.sql'] }),
  ).toEqual({
    person: '(kept out of the log)',
    body: '(kept out of the log)',
    headers: '(kept out of the log)',
    tries: 3,
    what: 'seat-held',
    applied: ['0015-the-journal-is-sealed.sql'],
  });
});

test('a fault of PostgreSQL says what went wrong and where, without what somebody typed', async () => {
  await sql`insert into people (id, email, created_at) values (${person.pass}, ${person.email}, now())`.execute(db);
  const faults = await Promise.all([
    faultOf(sql`insert into people (id, email, created_at) values (${newId(testNow)}, ${person.email}, now())`),
    faultOf(sql`select ${person.name}::uuid`),
    faultOf(sql`select ${person.email}::text::int`),
    faultOf(sql`select ${person.token}::text::timestamptz`),
    faultOf(sql`select ${sql.id(person.name)}`),
    faultOf(sql`insert into people (id, email, created_at) values (${newId(testNow)}, ${person.name}, null)`),
    faultOf(sql`select jsonb ${sql.lit(person.name)}`),
  ]);
  const lines = faults.map((fault) => allowed({ fault }));
  expect(lines.flatMap(leaks)).toEqual([]);
  expect(lines.map(({ fault }) => (fault as { message: string }).message).slice(0, 2)).toEqual([
    'duplicate key value violates unique constraint "…"',
    'invalid input syntax for type uuid: "…"',
  ]);
  // The control: the same faults as they are.
  expect(faults.flatMap((fault) => leaks([fault, (fault as Error).message])).length).toBeGreaterThan(5);
});

test('a fault of the mail says its number, and not about whom', async () => {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: ({ address }, _session, done) =>
      done(Object.assign(new Error(`5.1.1 <${address}> ${person.name} is unknown here`), { responseCode: 550 })),
  });
  await new Promise<void>((done) => server.listen(0, done));
  const at = server.server.address();
  const port = typeof at === 'object' && at ? at.port : 0;
  const mailer = nodemailer.createTransport({ host: 'localhost', port });
  const fault: unknown = await mailer.sendMail({ from: 'x@example.org', to: person.email, text: person.code }).catch((fault: unknown) => fault);
  await new Promise<void>((done) => server.close(done));
  const line = allowed({ fault });
  expect(leaks(line)).toEqual([]);
  expect(line['fault']).toMatchObject({ kind: 'EENVELOPE', status: 550 });
  expect(leaks((fault as Error).message)).not.toEqual([]);
});

test('any other fault loses addresses, codes, passes and secrets, in its causes too', () => {
  const { email, token, code, pass, name } = person;
  const faults = [
    new Error(`no ${email} with ${code}`),
    new Error('outer', { cause: new Error(`cookie __Host-sign-in=${token}; pass ${pass}`) }),
    new TypeError(`Cannot read "${name}"\n    at ${email}`),
    new Error(`fetch http://localhost/agenda/mijn/${token}.ics failed`),
    new Error(`/check-ins/${pass} (email=${email})`),
    `thrown as a text: ${email}`,
  ];
  expect(faults.map((fault) => allowed({ fault })).flatMap(leaks)).toEqual([]);
  expect(allowed({ path: `/programma/${token}`, error: `said ${email}` })).toEqual({ path: '…', error: 'said …' });
});

test('a trace goes on when somebody began it well, and begins here when not', () => {
  const id = '4bf92f3577b34da6a3ce929d0e0e4736';
  expect(traceFrom(`00-${id}-00f067aa0ba902b7-01`)).toEqual({ id, span: expect.stringMatching(/^[0-9a-f]{16}$/), flags: '01' });
  for (const wrong of [undefined, '', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `ff-${id}-00f067aa0ba902b7-01`, `00-${id}-xyz-01`, [`00-${id}`]])
    expect(traceFrom(wrong)).toEqual({ id: expect.not.stringContaining(id), span: expect.stringMatching(/^[0-9a-f]{16}$/), flags: '00' });
});
