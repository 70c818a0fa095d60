import type { Reroute } from '@sveltejs/kit/hooks';
import { readAddress } from '#ground/address.ts';

/** One set of routes for both languages and every edition. */
export const reroute: Reroute = ({ url }) => readAddress(url.pathname).path;
