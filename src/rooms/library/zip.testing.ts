interface Entry {
  readonly name: string;
  readonly content?: string;
  /** What its list says of how large it becomes; its content's own size unless said. */
  readonly unpacked?: number;
}

/** A ZIP with its files as they are, for tests: nothing is packed and no sum is right. */
export function zipOf(entries: readonly Entry[]): Uint8Array {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const { name, content = '', unpacked = content.length } of entries) {
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt32LE(content.length, 18);
    head.writeUInt32LE(unpacked, 22);
    head.writeUInt16LE(name.length, 26);
    const line = Buffer.alloc(46);
    line.writeUInt32LE(0x02014b50, 0);
    line.writeUInt32LE(content.length, 20);
    line.writeUInt32LE(unpacked, 24);
    line.writeUInt16LE(name.length, 28);
    line.writeUInt32LE(at, 42);
    list.push(line, Buffer.from(name));
    parts.push(head, Buffer.from(name), Buffer.from(content));
    at += 30 + name.length + content.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(list).length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...parts, ...list, end]));
}
