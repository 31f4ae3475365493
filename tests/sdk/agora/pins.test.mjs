import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { AGORA_131, ALL_SDKS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const stage = useStage();
const NEW_SDKS = ALL_SDKS.filter((sdk) => !sdk.isOld); // 3.6.3 knows no pinned messages
let app;
let closed;
before(async () => {
  app = await stage.app();
  closed = await stage.app({ features: { pinnedMessages: false } });
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

/** The event that tells of one change. */
async function told(client, operation) {
  const [found] = await client.events.until(operation, (log) => {
    const all = log.named('onMessagePinEvent').filter((entry) => entry.data.operation === operation);
    return all.length > 0 ? all : undefined;
  });
  return found.data;
}

const listOf = async (client, conversationId, conversationType = 'singleChat', more = {}) =>
  (await client.call('getServerPinnedMessages', { conversationId, conversationType, pageSize: 10, cursor: '', ...more })).data;

NEW_SDKS.forEach((sdk, i) => {
  const other = NEW_SDKS[(i + 1) % NEW_SDKS.length];

  test(`${sdk.name} pins, and ${other.name} sees it`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice, { deviceId: 'desk' });
    const phone = await loggedIn(sdk, alice, { deviceId: 'phone' });
    const two = await loggedIn(other, bob, { deviceId: 'other' });
    const messageId = String((await two.say({ to: alice, msg: 'hello' })).serverMsgId);
    await one.hears('onTextMessage');

    await one.call('pinMessage', { conversationId: bob, conversationType: 'singleChat', messageId });
    const seen = await told(two, 'pin');
    assert.deepEqual([seen.messageId, seen.conversationId, seen.conversationType, seen.operatorId], [messageId, alice, 'singleChat', alice]);
    assert.deepEqual([(await told(phone, 'pin')).messageId, (await told(phone, 'pin')).operatorId], [messageId, alice]);

    const { list, cursor } = await listOf(two, alice);
    assert.deepEqual([list.length, cursor, list[0].operatorId, String(list[0].message.id), list[0].message.msg], [1, '', alice, messageId, 'hello']);

    await two.call('unpinMessage', { conversationId: alice, conversationType: 'singleChat', messageId });
    assert.equal((await told(one, 'unpin')).operatorId, bob);
    assert.deepEqual((await listOf(one, bob)).list, []);
    for (const client of [one, phone, two]) await client.close();
  });

  test(`${sdk.name} pins in groups and rooms, and learns what it missed`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const { groupid } = (await app.call('POST', '/chatgroups', { groupname: 'g', desc: 'd', public: true, owner: bob, members: [alice] })).data;
    const room = (await app.call('POST', '/chatrooms', { name: 'room', description: 'd', maxusers: 100, owner: bob })).data.id;
    const one = await loggedIn(sdk, alice, { deviceId: 'desk' });
    const two = await loggedIn(other, bob, { deviceId: 'other' });
    const messageId = String((await one.say({ chatType: 'groupChat', to: groupid, msg: 'in the group' })).serverMsgId);
    await one.close();
    await two.call('pinMessage', { conversationId: groupid, conversationType: 'groupChat', messageId });

    const again = await loggedIn(sdk, alice, { deviceId: 'desk' });
    const seen = await told(again, 'pin');
    // 1.3.1 names the operator instead of the group.
    assert.deepEqual([seen.messageId, seen.conversationId, seen.conversationType], [messageId, sdk === AGORA_131 ? bob : groupid, 'groupChat']);
    assert.equal((await listOf(again, groupid, 'groupChat')).list[0].message.chatType, 'groupChat');

    await again.call('joinChatRoom', { roomId: room });
    await two.call('joinChatRoom', { roomId: room });
    const inRoom = String((await again.say({ chatType: 'chatRoom', to: room, msg: 'in the room' })).serverMsgId);
    await two.call('pinMessage', { conversationId: room, conversationType: 'chatRoom', messageId: inRoom });
    await again.events.until('the pin in the room', (log) => log.named('onMessagePinEvent').some((entry) => entry.data.messageId === inRoom));
    assert.equal(String((await listOf(again, room, 'chatRoom')).list[0].message.id), inRoom);
    await again.close();
    await two.close();
  });

  test(`${sdk.name} is refused with -3, 51, 50, 52 and 505`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const { groupid } = (await app.call('POST', '/chatgroups', { groupname: 'g', desc: 'd', public: true, owner: bob, members: [] })).data;
    const one = await loggedIn(sdk, alice);
    const two = await loggedIn(other, bob);
    const inGroup = String((await two.say({ chatType: 'groupChat', to: groupid, msg: 'hello' })).serverMsgId);
    const said = [];
    for (let n = 0; n < 21; n++) said.push(String((await two.say({ to: alice, msg: `${n}` })).serverMsgId));
    const call = (method, messageId, conversationId = bob, conversationType = 'singleChat') =>
      code(one.call(method, { conversationId, conversationType, messageId }));

    assert.equal(await call('pinMessage', 'abc'), -3);
    assert.equal(await call('pinMessage', '77'), -3);
    assert.equal(await call('unpinMessage', said[0]), 51);
    assert.equal(await call('pinMessage', inGroup, groupid, 'groupChat'), 52);
    for (let n = 0; n < 20; n++) assert.equal(await call('pinMessage', said[n]), 0);
    assert.equal(await call('pinMessage', said[20]), 50);
    const { list, cursor } = await listOf(one, bob);
    assert.deepEqual([list.length, (await listOf(one, bob, 'singleChat', { cursor })).list.length], [10, 10]);
    await one.close();
    await two.close();

    const three = await loggedIn(sdk, await stage.user(closed), {}, closed);
    assert.equal(await code(three.call('pinMessage', { conversationId: 'bob', conversationType: 'singleChat', messageId: '77' })), 505);
    await three.close();
  });
});
