import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { ALL_SDKS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const stage = useStage();
let app;
before(async () => {
  app = await stage.app();
});

async function loggedIn(sdk, user, options) {
  const client = await stage.client(sdk, app, options);
  await client.open({ user, accessToken: await app.userToken(user) });
  return client;
}

const wordsOf = (message) => message.msg ?? message.data;

ALL_SDKS.forEach((sdk, i) => {
  const other = ALL_SDKS[(i + 1) % ALL_SDKS.length];

  test(`${sdk.name} and ${other.name} talk`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice);
    const two = await loggedIn(other, bob);

    const sent = await one.say({ to: bob, msg: 'hello', ext: { a: 1 } });
    const heard = await two.hears('onTextMessage');
    assert.match(String(sent.serverMsgId), /^[0-9]+$/);
    assert.deepEqual([wordsOf(heard), heard.from, heard.to, String(heard.id), heard.ext.a], ['hello', alice, bob, String(sent.serverMsgId), 1]);

    await two.say({ to: alice, msg: 'and you' });
    assert.equal(wordsOf(await one.hears('onTextMessage')), 'and you');
    await one.close();
    await two.close();
  });

  test(`${sdk.name} gets once and in order what was said while it was away`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice, { deviceId: 'desk' });
    const words = Array.from({ length: 120 }, (_, number) => `word ${number}`);
    await one.close();
    const two = await loggedIn(other, bob);
    for (const word of words) await two.say({ to: alice, msg: word });

    const again = await loggedIn(sdk, alice, { deviceId: 'desk' });
    await again.events.until('all words', (log) => log.named('onTextMessage').length >= words.length);
    await two.say({ to: alice, msg: 'now' });
    await again.events.until('the last word', (log) => log.named('onTextMessage').some((entry) => wordsOf(entry.data) === 'now'));

    assert.deepEqual(again.events.named('onTextMessage').map((entry) => wordsOf(entry.data)), [...words, 'now']);
    await again.close();
    await two.close();
  });

  test(`${sdk.name} tells ${other.name} that it read, and takes back`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice);
    const two = await loggedIn(other, bob);
    const sent = await two.say({ to: alice, msg: 'read me' });
    await one.hears('onTextMessage');

    await one.say({ type: 'read', to: bob, id: String(sent.serverMsgId) });
    assert.equal(String((await two.hears('onReadMessage')).mid), String(sent.serverMsgId));

    if (!sdk.isOld) {
      const mine = await one.say({ to: bob, msg: 'oops' });
      await two.hears('onTextMessage');
      await one.call('recallMessage', { mid: String(mine.serverMsgId), to: bob, chatType: 'singleChat' });
      assert.equal(String((await two.hears('onRecallMessage')).mid), String(mine.serverMsgId));
    }
    await one.close();
    await two.close();
  });
});
