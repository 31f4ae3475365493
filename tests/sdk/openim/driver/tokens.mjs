import { createHmac } from 'node:crypto';

/**
 * A token as the server makes them, for tests that need a wrong one.
 *
 * @param {{ userId: string, platformId: number, secret: string, expiresInSeconds?: number }} claims
 */
export function signToken({ userId, platformId, secret, expiresInSeconds = 3600 }) {
  const now = Math.floor(Date.now() / 1000);
  const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const body = [
    { alg: 'HS256', typ: 'JWT' },
    { UserID: userId, PlatformID: platformId, exp: now + expiresInSeconds, iat: now - 5 },
  ].map(encode).join('.');
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}
