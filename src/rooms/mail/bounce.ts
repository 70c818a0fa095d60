// What a mail server says about a letter that it could not bring (RFC 3464), as far as we take its word.

export interface Bounce {
  /** The number of our letter, from its Message-ID in what came back. */
  readonly letter: string;
  readonly recipient: string;
  /** '5.1.1': for good, and about this mailbox. */
  readonly status: string;
}

/** From the parts of a message: the report about delivery, and the headers or the whole of what came back. Null: nothing that is for good. */
export function bounceIn(report: string, returned: string): Bounce | null {
  const letter = /^Message-ID:\s*<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/im.exec(returned)?.[1];
  if (letter === undefined) return null;
  for (const block of report.replaceAll('\r\n', '\n').split(/\n\s*\n/)) {
    const recipient = /^(?:Original|Final)-Recipient:\s*rfc822;\s*<?([^\s<>;]+@[^\s<>;]+)>?\s*$/im.exec(block)?.[1]?.toLowerCase();
    const status = /^Status:\s*(5\.\d{1,3}\.\d{1,3})/im.exec(block)?.[1];
    const failed = /^Action:\s*failed\b/im.test(block);
    if (recipient !== undefined && status !== undefined && failed && isAboutMailbox(status)) return { letter, recipient, status };
  }
  return null;
}

/** A policy (5.7), a size or a text that somebody does not want (5.3.4, 5.6) says nothing about the mailbox; being full passes. */
export const isAboutMailbox = (status: string): boolean => !/^5\.(7\.\d+|6\.\d+|3\.4|2\.2|2\.3)$/.test(status);
