import encodeQR from 'qr';

export interface Qr {
  /** How many units it is wide and high, with the four of quiet on every side that scanners need. */
  readonly size: number;
  /** Everything that is dark, as one SVG path. */
  readonly path: string;
}

/** A text as a QR code that still reads when about a seventh of it does not. */
export function qrOf(text: string): Qr {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
  return { size: rows.length, path: rows.map(pathOfRow).join('') };
}

function pathOfRow(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue;
    const from = x;
    while (row[x + 1]) x++;
    path += `M${from} ${y}h${x + 1 - from}v1H${from}z`;
  }
  return path;
}
