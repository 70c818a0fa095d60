// What pages may do in a browser besides being read. Everything stays off that no page of ours uses.
const off = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'screen-wake-lock',
  'usb',
  'xr-spatial-tracking',
];
const own = ['fullscreen', 'publickey-credentials-create', 'publickey-credentials-get'];

const permissions = (forPage: readonly string[] = []): string =>
  [...off, ...own]
    .toSorted()
    .map((name) => `${name}=(${own.includes(name) || forPage.includes(name) ? 'self' : ''})`)
    .join(', ');

export const permissionsPolicy = permissions();

/** The page at the door of a session scans with the camera, keeps the screen on meanwhile, and opens without a connection. */
export function openForDoor(headers: Headers): void {
  headers.set('permissions-policy', permissions(['camera', 'autoplay', 'screen-wake-lock']));
  const policy = headers.get('content-security-policy');
  if (policy !== null) headers.set('content-security-policy', policy.replace(/trusted-types (?=svelte)/, 'trusted-types innovember-door '));
}

/** A service worker has the policy it came with; ours asks this house for pages and files, and nobody else. */
export const workerPolicy = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";
