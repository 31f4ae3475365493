import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { AGORA_131, ALL_SDKS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const stage = useStage();
const NEW_SDKS = ALL_SDKS.filter((sdk) => !sdk.isOld); // 3.6.3 knows no edits
let app;
let closed;
before(async () => {
  app = await stage.app();
  closed = await stage.app({ features: { edit: false } });
});

async function loggedIn(sdk, user, options, where = app) {
  const client = await stage.client(sdk, where, options);
  await client.open({ user, accessToken: await where.userToken(user) });
  return client;
}

/** The code with which a call is refused. */
async function code(promise) {
  try {
    await promise;
  } catch (error) {
    return error.type;
  }
  return 0;
}

const edit = (client, id, to, msg, more = {}) => client.call('$edit', { messageId: String(id), type: 'txt', chatType: 'singleChat', to, msg, ...more });

NEW_SDKS.forEach((sdk, i) => {
  const other = NEW_SDKS[(i + 1) % NEW_SDKS.length];

  test(`${sdk.name} edits, and ${other.name} and the own phone see it`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice, { deviceId: 'desk' });
    const phone = await loggedIn(sdk, alice, { deviceId: 'phone' });
    const two = await loggedIn(other, bob);
    const sent = await one.say({ to: bob, msg: 'helo', ext: { a: 1 } });
    await two.hears('onTextMessage');
    await phone.hears('onTextMessage');

    const done = await edit(one, sent.serverMsgId, bob, 'hello');
    assert.deepEqual([String(done.serverMsgId), done.message.msg], [String(sent.serverMsgId), 'hello']);
    assert.deepEqual([done.message.modifiedInfo.operationCount, done.message.modifiedInfo.operatorId], [1, alice]);
    for (const client of [two, phone]) {
      const seen = await client.hears('onModifiedMessage');
      assert.deepEqual([String(seen.id), seen.msg, seen.from, seen.to, seen.chatType], [String(sent.serverMsgId), 'hello', alice, bob, 'singleChat']);
      assert.deepEqual([seen.modifiedInfo.operationCount, seen.modifiedInfo.operatorId], [1, alice]);
      if (client.sdk !== AGORA_131) assert.equal(seen.ext.a, 1); // 1.3.1 leaves it out
    }

    const history = await two.call('getHistoryMessages', { targetId: alice, chatType: 'singleChat', pageSize: 10, cursor: -1 });
    assert.deepEqual([history.messages[0].msg, history.messages[0].modifiedInfo.operationCount], ['hello', 1]);
    const list = await two.call('getServerConversations', { pageSize: 20, cursor: '' });
    assert.equal(list.data.conversations[0].lastMessage.msg, 'hello');
    for (const client of [one, phone, two]) await client.close();
  });

  test(`${sdk.name} learns of edits that came while it was away, also from the app's server`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice, { deviceId: 'desk' });
    const two = await loggedIn(other, bob);
    const sent = await two.say({ to: alice, msg: '1' });
    await one.hears('onTextMessage');
    await one.close();
    await edit(two, sent.serverMsgId, alice, '2');
    await app.call('PUT', `/messages/rewrite/${sent.serverMsgId}`, { new_msg: { type: 'txt', msg: '3' } });
    assert.equal((await two.hears('onModifiedMessage')).modifiedInfo.operatorId, 'admin');

    const again = await loggedIn(sdk, alice, { deviceId: 'desk' });
    const seen = await again.hears('onModifiedMessage');
    assert.deepEqual([String(seen.id), seen.msg, seen.modifiedInfo.operationCount], [String(sent.serverMsgId), '3', 2]);
    await again.close();
    await two.close();
  });

  test(`${sdk.name} is refused with 1302, 603, 1303, 50, 1304 and 505`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice);
    const two = await loggedIn(other, bob);
    const sent = await one.say({ to: bob, msg: 'hello' });
    const custom = await one.say({ to: bob, type: 'custom', customEvent: 'event', customExts: {} });

    assert.equal(await code(edit(one, 77, bob, 'none')), 1302);
    assert.equal(await code(edit(two, sent.serverMsgId, alice, 'mine')), 603);
    assert.equal(await code(edit(one, custom.serverMsgId, bob, 'text')), 1303);

    for (let n = 0; n < 10; n++) await edit(one, sent.serverMsgId, bob, `${n}`);
    assert.equal(await code(edit(one, sent.serverMsgId, bob, 'once more')), 50);

    // Of two devices that edit at the same time one may meet what the other did.
    const phone = await loggedIn(sdk, alice, { deviceId: 'phone' });
    let late = 0;
    for (let attempt = 0; attempt < 50 && !late; attempt++) {
      const fresh = await one.say({ to: bob, msg: 'fresh' });
      const codes = await Promise.all([one, phone].map((client) => code(edit(client, fresh.serverMsgId, bob, 'x'))));
      assert.ok(codes.includes(0) && codes.every((c) => c === 0 || c === 1304), String(codes));
      late = codes.filter((c) => c === 1304).length;
    }
    assert.ok(late > 0, 'two edits never met');
    await phone.close();
    await one.close();
    await two.close();

    const [carol, dave] = [await stage.user(closed), await stage.user(closed, 'dave')];
    const three = await loggedIn(sdk, carol, {}, closed);
    const said = await three.say({ to: dave, msg: 'hello' });
    assert.equal(await code(edit(three, said.serverMsgId, dave, 'x')), 505);
    await three.close();
  });

  test(`${sdk.name} edits as the owner of a group`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const { groupid } = (await app.call('POST', '/chatgroups', { groupname: 'g', desc: 'd', public: true, owner: alice, members: [bob] })).data;
    const one = await loggedIn(sdk, alice);
    const two = await loggedIn(other, bob);
    const sent = await two.say({ chatType: 'groupChat', to: groupid, msg: 'helo' });
    await one.hears('onTextMessage');

    await edit(one, sent.serverMsgId, groupid, 'hello', { chatType: 'groupChat' });
    const seen = await two.hears('onModifiedMessage');
    assert.deepEqual([seen.msg, seen.from, seen.to, seen.chatType, seen.modifiedInfo.operatorId], ['hello', bob, groupid, 'groupChat', alice]);
    await one.close();
    await two.close();
  });
});
