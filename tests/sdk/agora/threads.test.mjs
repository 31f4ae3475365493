import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { ALL_SDKS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const stage = useStage();
// The 3.x line has no threads.
const NEW_SDKS = ALL_SDKS.filter((sdk) => !sdk.isOld);
let app;
let closed;
let small;
before(async () => {
  app = await stage.app();
  closed = await stage.app({ features: { threads: false } });
  small = await stage.app({ groups: { threads: 1 } });
});

async function loggedIn(sdk, user, options, on = app) {
  const client = await stage.client(sdk, on, options);
  await client.open({ user, accessToken: await on.userToken(user) });
  return client;
}

async function refused(type, promise) {
  await assert.rejects(promise, (error) => {
    assert.equal(error.type, type, error.message);
    return true;
  });
}

/** The next event of one listener that this client has not been asked for yet. */
async function hears(client, listener, matches, what) {
  client.seen ??= new Set();
  const entry = await client.events.until(what, (log) => log.named(listener).find((one) => matches(one.data) && !client.seen.has(one)));
  client.seen.add(entry);
  return entry.data;
}

const changed = (client, operation, matches = () => true) =>
  hears(client, 'onChatThreadChange', (data) => data.operation === operation && matches(data), `a thread's ${operation}`);

const ownDevice = (client, operation) => hears(client, 'onMultiDeviceEvent', (data) => data.operation === operation, operation);

const wordsOf = (message) => message.msg ?? message.data;

const idOf = (sent) => sent.serverMsgId;

/** A group of two on two SDKs, and a message in it. */
async function stageOf(sdk, other, on = app) {
  const [alice, bob] = [await stage.user(on), await stage.user(on, 'bob')];
  const one = await loggedIn(sdk, alice, {}, on);
  const two = await loggedIn(other, bob, {}, on);
  const groupId = await newGroup(one, [bob]);
  const root = idOf(await one.say({ chatType: 'groupChat', to: groupId, msg: 'root' }));
  return { alice, bob, one, two, groupId, root };
}

async function newGroup(client, members) {
  const data = { groupname: 'group', desc: '', members, public: true, approval: false, allowinvites: false, inviteNeedConfirm: false, maxusers: 50 };
  return (await client.call('createGroup', { data })).data.groupid;
}

const say = (client, chatThreadId, msg) => client.say({ chatType: 'groupChat', to: chatThreadId, msg, isChatThread: true });

NEW_SDKS.forEach((sdk, i) => {
  const other = NEW_SDKS[(i + 1) % NEW_SDKS.length];

  test(`${sdk.name} and ${other.name} talk in a thread`, stage.needs, async () => {
    const { alice, one, two, groupId, root } = await stageOf(sdk, other);

    const { chatThreadId } = (await one.call('createChatThread', { parentId: groupId, name: 'thread', messageId: root })).data;
    const created = await changed(two, 'create');
    assert.deepEqual(
      [created.id, created.name, created.parentId, created.messageId, created.operator, created.messageCount],
      [chatThreadId, 'thread', groupId, root, alice, 0],
    );

    const joined = (await two.call('joinChatThread', { chatThreadId })).data;
    assert.equal(joined.status, 'ok');
    assert.deepEqual([joined.detail.id, joined.detail.parentId, joined.detail.messageId, joined.detail.owner], [chatThreadId, groupId, root, alice]);

    await say(one, chatThreadId, 'hello');
    const heard = await hears(two, 'onTextMessage', (message) => message.to === chatThreadId, 'a message in the thread');
    assert.deepEqual([wordsOf(heard), heard.from, heard.chatType], ['hello', alice, 'groupChat']);
    assert.deepEqual([heard.chatThread.messageId, heard.chatThread.parentId, heard.chatThread.chatThreadName], [root, groupId, 'thread']);
    const moved = await changed(two, 'update', (data) => data.lastMessage);
    assert.deepEqual([moved.id, moved.messageCount, wordsOf(moved.lastMessage)], [chatThreadId, 1, 'hello']);

    const sent = await say(two, chatThreadId, 'answer');
    await hears(one, 'onTextMessage', (message) => wordsOf(message) === 'answer', 'the answer');
    await two.call('recallMessage', { mid: idOf(sent), to: chatThreadId, chatType: 'groupChat', isChatThread: true });
    const recalled = await hears(one, 'onRecallMessage', () => true, 'a recall');
    assert.equal(recalled.mid, idOf(sent));
    await changed(one, 'update', (data) => data.messageCount === 1 && data.lastMessage);

    const history = await two.call('getHistoryMessages', { targetId: chatThreadId, chatType: 'groupChat', cursor: -1, pageSize: 20 });
    assert.deepEqual(history.messages.map(wordsOf), ['hello']);
    assert.equal(history.messages[0].chatThread.parentId, groupId);
    const [parent] = (await two.call('getHistoryMessages', { targetId: groupId, chatType: 'groupChat', cursor: -1, pageSize: 20 })).messages;
    assert.deepEqual(
      [wordsOf(parent), parent.chatThreadOverview.id, parent.chatThreadOverview.messageCount, wordsOf(parent.chatThreadOverview.lastMessage)],
      ['root', chatThreadId, 1, 'hello'],
    );
    await one.close();
    await two.close();
  });

  test(`${sdk.name} reads threads and changes them`, stage.needs, async () => {
    const { alice, bob, one, two, groupId, root } = await stageOf(sdk, other);
    const { chatThreadId } = (await one.call('createChatThread', { parentId: groupId, name: 'thread', messageId: root })).data;
    await changed(two, 'create');

    const detail = (await two.call('getChatThreadDetail', { chatThreadId })).data;
    assert.deepEqual([detail.id, detail.name, detail.owner, detail.messageId, detail.parentId, detail.affiliationsCount], [chatThreadId, 'thread', alice, root, groupId, 1]);
    await two.call('joinChatThread', { chatThreadId });
    assert.deepEqual((await one.call('getChatThreadMembers', { chatThreadId, pageSize: 20 })).data.affiliations, [alice, bob]);
    const ofGroup = await two.call('getChatThreads', { parentId: groupId, pageSize: 20 });
    assert.deepEqual(ofGroup.entities.map((one) => [one.id, one.parentId, one.messageId]), [[chatThreadId, groupId, root]]);
    assert.equal(typeof ofGroup.properties.cursor, 'string');
    assert.deepEqual((await two.call('getJoinedChatThreads', { pageSize: 20 })).entities.map((one) => one.id), [chatThreadId]);
    assert.deepEqual((await two.call('getJoinedChatThreads', { parentId: groupId, pageSize: 20 })).entities.map((one) => one.id), [chatThreadId]);

    await say(one, chatThreadId, 'last');
    const [last] = (await two.call('getChatThreadLastMessage', { chatThreadIds: [chatThreadId] })).entities;
    assert.deepEqual([last.chatThreadId, wordsOf(last.lastMessage), last.lastMessage.from], [chatThreadId, 'last', alice]);

    await one.call('changeChatThreadName', { chatThreadId, name: 'renamed' });
    assert.equal((await changed(two, 'update', (data) => data.name === 'renamed')).id, chatThreadId);
    assert.equal((await one.call('removeChatThreadMember', { chatThreadId, username: bob })).data.result, true);
    assert.equal((await changed(two, 'userRemove')).id, chatThreadId);
    await two.call('joinChatThread', { chatThreadId });
    await two.call('leaveChatThread', { chatThreadId });
    await one.call('destroyChatThread', { chatThreadId });
    assert.equal((await changed(two, 'destroy')).id, chatThreadId);
    await one.close();
    await two.close();
  });

  test(`${sdk.name} learns on another device what its user did to threads`, stage.needs, async () => {
    const { alice, one, groupId, root } = await stageOf(sdk, other);
    const tablet = await loggedIn(sdk, alice, { isFixedDeviceId: false });

    const { chatThreadId } = (await one.call('createChatThread', { parentId: groupId, name: 'thread', messageId: root })).data;
    const created = await ownDevice(tablet, 'chatThreadCreate');
    assert.deepEqual([created.chatThreadId, created.chatThreadName, created.parentId], [chatThreadId, 'thread', groupId]);
    await one.call('changeChatThreadName', { chatThreadId, name: 'renamed' });
    assert.equal((await ownDevice(tablet, 'chatThreadNameUpdate')).chatThreadName, 'renamed');
    await one.call('leaveChatThread', { chatThreadId });
    assert.equal((await ownDevice(tablet, 'chatThreadLeave')).chatThreadId, chatThreadId);
    await one.call('joinChatThread', { chatThreadId });
    assert.equal((await ownDevice(tablet, 'chatThreadJoin')).chatThreadId, chatThreadId);
    await one.call('destroyChatThread', { chatThreadId });
    assert.equal((await ownDevice(tablet, 'chatThreadDestroy')).chatThreadId, chatThreadId);
    assert.deepEqual(one.events.named('onMultiDeviceEvent'), []);
    await one.close();
    await tablet.close();
  });

  test(`${sdk.name} sees every refusal under its number`, stage.needs, async () => {
    const { bob, one, two, groupId, root } = await stageOf(sdk, other);
    const stranger = await loggedIn(sdk, await stage.user(app, 'carol'));
    const begin = (client, messageId, name = 'thread') => client.call('createChatThread', { parentId: groupId, name, messageId });
    const { chatThreadId } = (await begin(one, root)).data;
    await two.call('joinChatThread', { chatThreadId });

    await refused(1301, begin(two, root));
    await refused(1301, two.call('joinChatThread', { chatThreadId }));
    await refused(1300, one.call('getChatThreadDetail', { chatThreadId: '4711' }));
    await refused(1300, one.call('joinChatThread', { chatThreadId: '4711' }));
    await refused(53, begin(one, idOf(await say(one, chatThreadId, 'inside'))));
    await refused(52, begin(one, '4711'));
    await refused(52, stranger.call('joinChatThread', { chatThreadId }));
    await refused(52, stranger.call('getChatThreads', { parentId: groupId, pageSize: 20 }));
    await refused(52, two.call('destroyChatThread', { chatThreadId }));
    await refused(52, two.call('changeChatThreadName', { chatThreadId, name: 'x' }));
    await refused(52, one.call('removeChatThreadMember', { chatThreadId, username: 'nobody' }));
    await refused(17, begin(one, idOf(await one.say({ chatType: 'groupChat', to: groupId, msg: 'y' })), 'x'.repeat(65)));
    await refused(602, say(stranger, chatThreadId, 'x'));
    await refused(605, say(one, '4711', 'x'));
    await refused(603, two.call('recallMessage', { mid: idOf(await say(one, chatThreadId, 'mine')), to: chatThreadId, chatType: 'groupChat', isChatThread: true }));

    await one.call('muteGroupMember', { groupId, username: bob, muteDuration: 60_000 });
    await refused(507, say(two, chatThreadId, 'x'));
    await one.call('unmuteGroupMember', { groupId, username: bob });
    await one.call('disableSendGroupMsg', { groupId });
    await refused(506, say(two, chatThreadId, 'x'));
    await one.close();
    await two.close();
    await stranger.close();
  });

  test(`${sdk.name} is told what an app has switched off, and what it has too many of`, stage.needs, async () => {
    const alice = await stage.user(closed);
    const one = await loggedIn(sdk, alice, {}, closed);
    await refused(505, one.call('getChatThreadDetail', { chatThreadId: '1' }));
    await refused(505, one.call('joinChatThread', { chatThreadId: '1' }));
    await one.close();

    const limited = await stageOf(sdk, other, small);
    const next = async () => idOf(await limited.one.say({ chatType: 'groupChat', to: limited.groupId, msg: 'x' }));
    const begin = async () => limited.one.call('createChatThread', { parentId: limited.groupId, name: 't', messageId: await next() });
    const first = await begin();
    await refused(50, begin());
    await limited.one.call('destroyChatThread', { chatThreadId: first.data.chatThreadId });
    await limited.one.close();
    await limited.two.close();
  });
});
