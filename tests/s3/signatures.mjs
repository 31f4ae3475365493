import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Checks version 4 signatures, in the header or in the address, as the protocol's reference says; s3rver does not. */
export function signatures({ accessKey, secretKey }) {
  return async (ctx, next) => {
    const problem = check(ctx, accessKey, secretKey);
    if (problem === null) return next();
    answer(ctx, 403, problem);
  };
}

export function answer(ctx, status, code) {
  ctx.status = status;
  ctx.type = 'application/xml';
  ctx.body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
}

function check(ctx, accessKey, secretKey) {
  const query = new URLSearchParams(ctx.querystring);
  const given = query.has('X-Amz-Signature') ? fromQuery(query) : fromHeader(ctx);
  if (given === null) return 'AccessDenied';
  const [key, ...scope] = given.credential.split('/');
  if (key !== accessKey) return 'InvalidAccessKeyId';
  if (given.expiresAt !== undefined && Date.now() > given.expiresAt) return 'AccessDenied';

  query.delete('X-Amz-Signature');
  const canonical = [
    ctx.method,
    ctx.req.url.split('?')[0],
    [...query].map((pair) => pair.map(encode).join('=')).sort().join('&'),
    ...given.signedHeaders.map((name) => `${name}:${String(ctx.req.headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    given.signedHeaders.join(';'),
    given.payload,
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', given.date, scope.join('/'), createHash('sha256').update(canonical).digest('hex')].join('\n');
  const signingKey = scope.reduce((secret, part) => createHmac('sha256', secret).update(part).digest(), `AWS4${secretKey}`);
  const expected = createHmac('sha256', signingKey).update(text).digest();
  const actual = Buffer.from(given.signature, 'hex');
  return actual.length === expected.length && timingSafeEqual(actual, expected) ? null : 'SignatureDoesNotMatch';
}

function fromQuery(query) {
  const date = query.get('X-Amz-Date');
  return {
    credential: query.get('X-Amz-Credential'),
    date,
    signedHeaders: query.get('X-Amz-SignedHeaders').split(';'),
    signature: query.get('X-Amz-Signature'),
    payload: 'UNSIGNED-PAYLOAD',
    expiresAt: timeOf(date) + Number(query.get('X-Amz-Expires')) * 1000,
  };
}

function fromHeader(ctx) {
  const match = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)$/.exec(ctx.get('authorization'));
  return match && {
    credential: match[1],
    signedHeaders: match[2].split(';'),
    signature: match[3],
    date: ctx.get('x-amz-date'),
    payload: ctx.get('x-amz-content-sha256'),
  };
}

const timeOf = (date) => Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
