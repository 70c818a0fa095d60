// A mail server in a process of its own, with manners: node this.ts FOLDER PORT MANNER. What arrived whole is a line in
// FOLDER/arrived before anything is answered, so that a test knows what a recipient may see.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const [folder = '', port = '0', manner = 'well'] = process.argv.slice(2);
const refusal = (code: number) => Object.assign(new Error('5.1.1 no'), { responseCode: code });
const server = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  logger: false,
  onConnect: (_session, answer) => {
    if (manner === 'hangs') return;
    answer(manner === 'refuses-connection' ? Object.assign(new Error('busy'), { responseCode: 421 }) : null);
  },
  onMailFrom: (_address, _session, answer) => answer(manner === 'refuses-sender' ? refusal(550) : null),
  onRcptTo: (_address, _session, answer) => answer(manner === 'refuses-recipient' ? refusal(550) : manner === 'not-now' ? refusal(451) : null),
  onData: (stream, session, answer) => {
    void simpleParser(stream).then(async ({ messageId }) => {
      if (manner === 'refuses-text') return answer(refusal(554));
      appendFileSync(join(folder, 'arrived'), `${messageId} ${session.envelope.rcptTo[0]?.address}\n`);
      // Accepted, and gone before it could say so.
      if (manner === 'dies') process.kill(process.pid, 'SIGKILL');
      if (manner === 'slow') await new Promise((done) => setTimeout(done, 1500));
      answer();
    });
  },
});
server.on('error', () => {});
server.listen(Number(port), '127.0.0.1', () => {
  const at = server.server.address();
  process.stdout.write(`${typeof at === 'object' && at !== null ? at.port : ''}\n`);
});
