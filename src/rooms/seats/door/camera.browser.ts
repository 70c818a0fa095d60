import decodeQR from 'qr/decode.js';
import { nowHere } from '#ground/clock.browser.ts';

/** The same code in view this shortly after it was last seen is the same showing of it. */
const sameShowing = 2500;
const widest = 800;

/**
 * Shows what the camera on the back sees in `view` and says every text it reads in a QR code, until stopped. Throws when
 * there is no camera, or the reader does not allow it.
 */
export async function watch(view: HTMLVideoElement, onRead: (text: string) => void): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 } } });
  let isStopped = false;
  const stop = () => {
    isStopped = true;
    for (const track of stream.getTracks()) track.stop();
    view.srcObject = null;
  };
  try {
    view.srcObject = stream;
    await view.play();
  } catch (fault) {
    stop();
    throw fault;
  }
  const canvas = document.createElement('canvas');
  const drawing = canvas.getContext('2d', { willReadFrequently: true });
  let last = { text: '', at: 0 };
  const look = () => {
    if (isStopped || !drawing) return;
    const text = readFrom(view, canvas, drawing);
    const now = nowHere();
    if (text !== null) {
      const isNew = text !== last.text || now - last.at > sameShowing;
      last = { text, at: now };
      if (isNew) onRead(text);
    }
    // Ten times a second is enough, and leaves the phone something for the rest of the day.
    setTimeout(() => requestAnimationFrame(look), 100);
  };
  look();
  return stop;
}

function readFrom(view: HTMLVideoElement, canvas: HTMLCanvasElement, drawing: CanvasRenderingContext2D): string | null {
  const scale = Math.min(1, widest / Math.max(view.videoWidth, view.videoHeight, 1));
  const [width, height] = [Math.round(view.videoWidth * scale), Math.round(view.videoHeight * scale)];
  if (width === 0 || height === 0) return null;
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  drawing.drawImage(view, 0, 0, width, height);
  try {
    return decodeQR(drawing.getImageData(0, 0, width, height));
  } catch {
    // No code in this picture; the next one may have it.
    return null;
  }
}
