import sharp from 'sharp';
import type { Refusal } from '#ground/refusal.ts';

export interface Picture {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

// Only what may be brought: the library underneath knows far more kinds, each with faults of its own.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadHeifBuffer',
    'VipsForeignLoadNsgifBuffer',
  ],
});
// Pictures come one by one; what is kept of the last would only fill the memory.
sharp.cache(false);
sharp.concurrency(1);

const mostPixels = 50_000_000;
const longest = 2_000;

/**
 * A picture drawn anew as WebP, upright and no larger than a screen. Nothing of the file it came from is left: no place,
 * no camera, no maker, no text behind its end. How large it becomes is read from its head before anything is unpacked.
 */
export async function drawAnew(given: Buffer): Promise<Picture | Refusal<'picture-too-large' | 'picture-broken'>> {
  try {
    const { width = 0, height = 0 } = await sharp(given, { limitInputPixels: false }).metadata();
    if (width * height > mostPixels) return { refused: 'picture-too-large' };
    const { data, info } = await sharp(given, { limitInputPixels: mostPixels, failOn: 'error' })
      .timeout({ seconds: 20 })
      .autoOrient()
      .resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 82 })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  } catch {
    return { refused: 'picture-broken' };
  }
}
