import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { ALL_SDKS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const stage = useStage();
const NEW_SDKS = ALL_SDKS.filter((sdk) => !sdk.isOld);
let app;
before(async () => {
  app = await stage.app();
});

async function loggedIn(sdk, user) {
  const client = await stage.client(sdk, app);
  await client.open({ user, accessToken: await app.userToken(user) });
  return client;
}

async function newRoom(owner, options = {}) {
  return (await app.call('POST', '/chatrooms', { name: 'room', description: 'a room', maxusers: 100, owner, ...options })).data.id;
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

const wordsOf = (message) => message.msg ?? message.data;

/** The room's next event of a kind. */
async function told(client, operation, matches = () => true) {
  const [found] = await client.events.until(operation, (log) => {
    const all = log.named('onChatroomEvent').filter((entry) => entry.data.operation === operation && matches(entry.data));
    return all.length > 0 ? all : undefined;
  });
  return found.data;
}

NEW_SDKS.forEach((sdk, i) => {
  const other = NEW_SDKS[(i + 1) % NEW_SDKS.length];

  test(`${sdk.name} and ${other.name} meet in a room`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const room = await newRoom(alice);
    const one = await loggedIn(sdk, alice);
    const two = await loggedIn(other, bob);

    const joined = await two.call('joinChatRoom', { roomId: room, message: 'hi' });
    assert.equal(joined.data.id, room);
    assert.equal(joined.data.result, true);
    assert.equal((await told(one, 'memberPresence')).from, bob);

    await two.say({ chatType: 'chatRoom', to: room, msg: 'hello' });
    const heard = await one.hears('onTextMessage');
    assert.deepEqual([wordsOf(heard), heard.from, heard.to], ['hello', bob, room]);

    await one.call('muteChatRoomMember', { chatRoomId: room, username: bob, muteDuration: 60_000 });
    assert.equal((await told(two, 'muteMember')).id, room);
    assert.equal(await code(two.say({ chatType: 'chatRoom', to: room, msg: 'x' })), 507);
    await one.call('unmuteChatRoomMember', { chatRoomId: room, username: bob });
    await told(two, 'unmuteMember');
    await one.call('disableSendChatRoomMsg', { chatRoomId: room });
    await told(two, 'muteAllMembers');
    assert.equal(await code(two.say({ chatType: 'chatRoom', to: room, msg: 'x' })), 506);
    await one.call('enableSendChatRoomMsg', { chatRoomId: room });
    await told(two, 'unmuteAllMembers');

    await one.call('updateChatRoomAnnouncement', { roomId: room, announcement: 'news' });
    await told(two, 'updateAnnouncement');
    assert.equal((await two.call('fetchChatRoomAnnouncement', { roomId: room })).data.announcement, 'news');
    await one.call('setChatRoomAdmin', { chatRoomId: room, username: bob });
    await told(two, 'setAdmin');
    assert.deepEqual((await two.call('getChatRoomAdmin', { chatRoomId: room })).data, [bob]);
    await one.call('removeChatRoomAdmin', { chatRoomId: room, username: bob });
    await told(two, 'removeAdmin');

    await two.call('leaveChatRoom', { roomId: room });
    assert.equal((await told(one, 'memberAbsence')).from, bob);
    assert.equal(await code(two.say({ chatType: 'chatRoom', to: room, msg: 'x' })), 602);
    await one.close();
    await two.close();
  });

  test(`${sdk.name} learns why it does not come in`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, bob);
    const full = await newRoom(alice, { maxusers: 1 });
    const closed = await newRoom(alice, { members: [bob] });
    await app.call('POST', `/chatrooms/${closed}/blocks/users/${bob}`);
    await told(one, 'removeMember');

    assert.equal(await code(one.call('joinChatRoom', { roomId: '4711' })), 705);
    assert.equal(await code(one.call('joinChatRoom', { roomId: 'abc!' })), -3);
    assert.equal(await code(one.call('joinChatRoom', { roomId: full })), 704);
    assert.equal(await code(one.call('joinChatRoom', { roomId: closed })), 603);
    assert.equal(await code(one.call('getChatRoomDetails', { chatRoomId: '4711' })), 705);
    assert.equal(await code(one.call('muteChatRoomMember', { chatRoomId: full, username: bob, muteDuration: 1 })), 603);
    await one.close();
  });

  test(`${sdk.name} writes a room's attributes`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const room = await newRoom(alice);
    const one = await loggedIn(sdk, alice);
    const two = await loggedIn(other, bob);
    assert.equal(await code(two.call('setChatRoomAttribute', { chatRoomId: room, attributeKey: 'k', attributeValue: 'v' })), 702);
    await two.call('joinChatRoom', { roomId: room });

    await two.call('setChatRoomAttributes', { chatRoomId: room, attributes: { a: '1', b: '2' }, autoDelete: true });
    await told(one, 'updateChatRoomAttributes');
    assert.deepEqual((await one.call('getChatRoomAttributes', { chatRoomId: room, attributeKeys: ['a', 'b'] })).data, { a: '1', b: '2' });
    assert.equal(await code(one.call('setChatRoomAttribute', { chatRoomId: room, attributeKey: 'a', attributeValue: '3' })), 52);
    await one.call('setChatRoomAttribute', { chatRoomId: room, attributeKey: 'a', attributeValue: '3', isForced: true });
    await two.call('removeChatRoomAttribute', { chatRoomId: room, attributeKey: 'b' });
    await told(one, 'removeChatRoomAttributes');
    assert.deepEqual((await one.call('getChatRoomAttributes', { chatRoomId: room })).data, { a: '3' });
    await one.close();
    await two.close();
  });

  test(`${sdk.name} reads and changes rooms`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const room = await newRoom(alice, { members: [bob] });
    const one = await loggedIn(sdk, alice);
    assert.equal((await one.call('getChatRoomDetails', { chatRoomId: room })).data[0].owner, alice);
    await one.call('modifyChatRoom', { chatRoomId: room, chatRoomName: 'new', description: 'd', maxusers: 50 });
    assert.equal((await one.call('getChatRoomDetails', { chatRoomId: room })).data[0].name, 'new');
    assert.ok((await one.call('getChatRooms', { pagenum: 1, pagesize: 100 })).data.some((found) => found.id === room));
    assert.deepEqual(
      (await one.call('listChatRoomMembers', { chatRoomId: room, pageNum: 1, pageSize: 10 })).data.map((one) => one.owner ?? one.member),
      [alice, bob],
    );
    await one.call('addUsersToChatRoomAllowlist', { chatRoomId: room, users: [bob] });
    assert.deepEqual((await one.call('getChatRoomAllowlist', { chatRoomId: room })).data, [bob]);
    assert.equal((await one.call('isInChatRoomAllowlist', { chatRoomId: room, userName: bob })).data.white, true);
    await one.call('removeChatRoomAllowlistMember', { chatRoomId: room, userName: bob });
    await one.call('blockChatRoomMember', { chatRoomId: room, username: bob });
    assert.deepEqual((await one.call('getChatRoomBlocklist', { chatRoomId: room })).data, [bob]);
    await one.call('unblockChatRoomMember', { chatRoomId: room, username: bob });
    assert.equal(await code(one.call('removeChatRoomMember', { chatRoomId: room, username: bob })), 702);
    assert.deepEqual((await one.call('getChatRoomMutelist', { chatRoomId: room })).data, []);
    assert.equal(await code(one.call('createChatRoom', { name: 'n', description: 'd', maxusers: 10, members: [] })), 603);
    await one.call('destroyChatRoom', { chatRoomId: room });
    assert.equal(await code(one.call('joinChatRoom', { roomId: room })), 705);
    await one.close();
  });
});

for (const sdk of ALL_SDKS.filter((one) => one.isOld)) {
  test(`${sdk.name} joins by a call`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const room = await newRoom(alice);
    const one = await loggedIn(NEW_SDKS[0], alice);
    const two = await loggedIn(sdk, bob);

    await two.call('joinChatRoom', { roomId: room });
    assert.equal((await told(one, 'memberPresence')).from, bob);
    await one.say({ chatType: 'chatRoom', to: room, msg: 'welcome' });
    assert.equal(wordsOf(await two.hears('onTextMessage')), 'welcome');
    await two.call('quitChatRoom', { roomId: room });
    assert.equal((await told(one, 'memberAbsence')).from, bob);
    await one.close();
    await two.close();
  });
}
