import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { AGORA_140, ALL_SDKS, EASEMOB_4211 } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const stage = useStage();
const MAX_BYTES = 20_000_000;
let app;
before(async () => {
  app = await stage.app({ files: { bytes: MAX_BYTES, days: 7 } });
});

async function loggedIn(sdk, user, options) {
  const client = await stage.client(sdk, app, options);
  await client.open({ user, accessToken: await app.userToken(user) });
  return client;
}

/** What somebody who is sent a file gets at its address. */
async function bytesAt(url) {
  const reply = await fetch(url, { signal: AbortSignal.timeout(15_000) });
  return { status: reply.status, type: reply.headers.get('content-type'), text: await reply.text() };
}

for (const sdk of ALL_SDKS.filter((one) => !one.isOld)) {
  test(`${sdk.name} sends a file and a picture that others can fetch`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice);
    const two = await loggedIn(EASEMOB_4211, bob);

    const sent = await one.call('$sendFile', { type: 'file', to: bob, name: 'note.txt', mime: 'text/plain', size: 11 });
    const heard = await two.hears('onFileMessage');
    assert.deepEqual([heard.filename, heard.file_length, String(heard.id)], ['note.txt', 11, String(sent.serverMsgId)]);
    assert.deepEqual(await bytesAt(heard.url), { status: 200, type: 'text/plain', text: 'x'.repeat(11) });
    assert.equal(new URL(heard.url).origin, new URL(app.url).origin);

    await one.call('$sendFile', { type: 'img', to: bob, name: 'p.png', mime: 'image/png', size: 100 });
    const picture = await two.hears('onImageMessage');
    assert.equal((await bytesAt(picture.url)).type, 'image/png');
    assert.equal((await bytesAt(picture.thumb)).status, 200);
    await one.close();
    await two.close();
  });
}

for (const sdk of [AGORA_140, EASEMOB_4211]) {
  test(`${sdk.name} sends a large file in parts`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice);
    const two = await loggedIn(sdk, bob);
    const size = 16 * 1024 * 1024;

    await one.call('$sendFile', { type: 'file', to: bob, name: 'large.bin', mime: 'application/octet-stream', size });
    const heard = await two.hears('onFileMessage');
    assert.equal((await bytesAt(heard.url)).text.length, size);
    await one.close();
    await two.close();
  });

  test(`${sdk.name} is told 101 when a file is too large`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice);
    await assert.rejects(one.call('$sendFile', { type: 'file', to: bob, name: 'large.bin', mime: 'text/plain', size: MAX_BYTES + 1 }), { type: 101 });
    await one.close();
  });

  test(`${sdk.name} downloads with the codes of the vendor`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice);
    const two = await loggedIn(sdk, bob);
    await one.call('$sendFile', { type: 'file', to: bob, name: 'note.txt', mime: 'text/plain', size: 11 });
    const heard = await two.hears('onFileMessage');
    const url = heard.url.split('?')[0];

    assert.equal((await two.call('$download', { url, secret: heard.secret })).size, 11);
    await assert.rejects(two.call('$download', { url, secret: 'wrong' }), { type: 222 });
    await assert.rejects(two.call('$download', { url: url.replace(/[^/]+$/, '00000000-0000-0000-0000-000000000001'), secret: '' }), { type: 200 });
    await one.close();
    await two.close();
  });
}
