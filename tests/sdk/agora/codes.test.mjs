import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { after } from 'node:test';
import { AGORA_140, ALL_SDKS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

/* Codes that no scenario of another file meets: what an app refuses, what the client says of a server that is silent or gone, and what it says by itself. */

const stage = useStage();
const NEW_SDKS = ALL_SDKS.filter((sdk) => !sdk.isOld);
let words;
after(() => words && rm(words, { recursive: true, force: true }));

async function loggedIn(sdk, app, user, options) {
  const client = await stage.client(sdk, app, options);
  await client.open({ user, accessToken: await app.userToken(user) });
  return client;
}

/** @returns {Promise<number>} The SDK's code; 0 for success. */
const code = (promise) => promise.then(() => 0, (error) => error.type);

for (const sdk of NEW_SDKS) {
  test(`${sdk.name}: a forbidden word is 501, a message too large 511, a recall too late 504, too much 509`, stage.needs, async () => {
    words ??= await mkdtemp(path.join(tmpdir(), 'dragoman-words-'));
    await writeFile(path.join(words, 'refused.txt'), 'rubbish\n');
    const app = await stage.app({ limits: { messageBytes: 1000 }, recallSeconds: 0, rateLimit: { frames: 20 } }, { words: { refuse: path.join(words, 'refused.txt') } });
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, app, alice);

    assert.equal(await code(one.say({ to: bob, msg: 'what rubbish' })), 501);
    assert.equal(await code(one.say({ to: bob, msg: 'x'.repeat(1500) })), 511);
    const sent = await one.say({ to: bob, msg: 'hello' });
    assert.equal(await code(one.call('recallMessage', { mid: String(sent.serverMsgId), to: bob, chatType: 'singleChat' })), 504);
    const codes = await Promise.all(Array.from({ length: 60 }, (_, number) => code(one.say({ to: bob, msg: `${number}` }))));
    assert.ok(codes.includes(0) && codes.includes(509) && codes.every((found) => found === 0 || found === 509), String(codes));
    await one.close();
  });

  test(`${sdk.name}: too many calls are 500`, stage.needs, async () => {
    const app = await stage.app({ rateLimit: { calls: 1 } });
    const one = await loggedIn(sdk, app, await stage.user(app));

    const codes = await Promise.all(Array.from({ length: 20 }, () => code(one.call('getContacts'))));

    assert.ok(codes.includes(0) && codes.includes(500) && codes.every((found) => found === 0 || found === 500), String(codes));
    await one.close();
  });
}

test('a server that says nothing is 512 and -1; one that is gone 510 and -2; after the last attempt it is 16', stage.needs, async () => {
  const app = await stage.app();
  const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
  const one = await loggedIn(AGORA_140, app, alice);
  const two = await loggedIn(AGORA_140, app, bob);

  app.server.pause();
  const [sent, called] = await Promise.all([code(one.say({ to: bob, msg: 'hello' })), code(one.call('getContacts'))]); // their own patience: 15 s
  assert.deepEqual([sent, called], [512, -1]);

  const pending = code(two.say({ to: alice, msg: 'hello' }));
  await app.server.kill();
  assert.equal(await pending, 510);
  assert.equal(await code(two.call('getContacts')), -2);
  assert.equal((await two.hears('onDisconnected')).type, 16);
  await one.close();
  await two.close();
});

test('what the client finds out by itself: 39, 205, 208, 700', stage.needs, async () => {
  const app = await stage.app();
  const user = await stage.user(app);
  const one = await stage.client(AGORA_140, app);

  assert.equal(await code(one.call('getContacts')), 700);
  await one.open({ user, accessToken: await app.userToken(user) });
  assert.equal(await code(one.call('open', { user, accessToken: 'x' })), 208);
  assert.equal(await code(one.say({ to: '', msg: 'x' })), 205);
  await one.call('close');
  assert.equal(await code(one.say({ to: user, msg: 'x' })), 39);
  await one.close();
});
