import * as z from 'zod';

/**
 * The format of an http(s) address in the settings. It has no user and password, because addresses are logged, and
 * fetch refuses them anyway. No message repeats the address.
 *
 * @param message of an address that is malformed
 */
export const plainUrl = (message: string) =>
  z
    .url({ protocol: /^https?$/, error: message, abort: true })
    .refine((url) => !hasLogin(new URL(url)), 'must have no user and password in it');

const hasLogin = ({ username, password }: URL) => username !== '' || password !== '';

/**
 * The part of an address that may be printed: scheme, host and port. The path is left out, because the path of a
 * guarded port contains its key.
 */
export const shownUrl = (url: string): string => (URL.canParse(url) ? new URL(url).origin : 'its address');
