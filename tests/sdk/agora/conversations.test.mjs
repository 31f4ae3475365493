import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { AGORA_131, AGORA_140, EASEMOB_4211 } from './driver/sdks.mjs';
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

const idsOf = (list) => list.data.conversations.map((one) => one.conversationId);

for (const sdk of [AGORA_140, EASEMOB_4211, AGORA_131]) {
  test(`${sdk.name} has its conversations on the server`, stage.needs, async () => {
    const [alice, bob, carol] = [await stage.user(app), await stage.user(app, 'bob'), await stage.user(app, 'carol')];
    const desk = await loggedIn(sdk, alice, { deviceId: 'desk' });
    const phone = await loggedIn(sdk, alice, { deviceId: 'phone' });
    const peer = await loggedIn(AGORA_140, bob);
    await desk.say({ to: carol, msg: 'to carol' });
    await peer.say({ to: alice, msg: 'unread' });
    await desk.hears('onTextMessage');

    const list = await desk.call('getServerConversations', { pageSize: 20, cursor: '' });
    assert.deepEqual(idsOf(list), [bob, carol]);
    const [first] = list.data.conversations;
    assert.deepEqual([first.unReadCount, first.isPinned, first.lastMessage.msg], [1, false, 'unread']);

    await desk.say({ type: 'channel', to: bob });
    assert.equal((await desk.call('getServerConversations', { pageSize: 20, cursor: '' })).data.conversations[0].unReadCount, 0);

    await desk.call('pinConversation', { conversationId: carol, conversationType: 'singleChat', isPinned: true });
    assert.deepEqual(idsOf(await desk.call('getServerPinnedConversations', { pageSize: 20, cursor: '' })), [carol]);
    const pinned = await phone.hears('onMultiDeviceEvent');
    assert.deepEqual([pinned.operation, pinned.conversationId], ['pinnedConversation', carol]);

    if (sdk !== AGORA_131) {
      await desk.call('addConversationMark', { conversations: [{ conversationId: bob, conversationType: 'singleChat' }], mark: 3 });
      assert.deepEqual(idsOf(await desk.call('getServerConversationsByFilter', { pageSize: 10, cursor: '', filter: { mark: 3 } })), [bob]);
      await desk.call('removeConversationMark', { conversations: [{ conversationId: bob, conversationType: 'singleChat' }], mark: 3 });
      assert.deepEqual(idsOf(await desk.call('getServerConversationsByFilter', { pageSize: 10, cursor: '', filter: { mark: 3 } })), []);
    }

    await desk.call('pinConversation', { conversationId: carol, conversationType: 'singleChat', isPinned: false });
    await desk.call('deleteConversation', { channel: bob, chatType: 'singleChat', deleteRoam: true });
    assert.deepEqual(idsOf(await desk.call('getServerConversations', { pageSize: 20, cursor: '' })), [carol]);
    await assert.rejects(desk.call('pinConversation', { conversationId: 'stranger', conversationType: 'singleChat', isPinned: true }), { type: 1400 });
    for (const one of [desk, phone, peer]) await one.close();
  });

  test(`${sdk.name} reads history and takes some of it away`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice);
    const sent = [];
    for (let i = 0; i < 5; i++) sent.push(await one.say({ to: bob, msg: `word ${i}` }));

    const newest = await one.call('getHistoryMessages', { targetId: bob, chatType: 'singleChat', pageSize: 3, cursor: -1 });
    assert.deepEqual([newest.messages.map((m) => m.msg), newest.isLast], [['word 4', 'word 3', 'word 2'], false]);
    const rest = await one.call('getHistoryMessages', { targetId: bob, chatType: 'singleChat', pageSize: 3, cursor: newest.cursor });
    assert.deepEqual([rest.messages.map((m) => m.msg), rest.isLast], [['word 1', 'word 0'], true]);
    const up = await one.call('getHistoryMessages', { targetId: bob, chatType: 'singleChat', pageSize: 2, cursor: -1, searchDirection: 'down' });
    assert.deepEqual(up.messages.map((m) => m.msg), ['word 0', 'word 1']);

    await one.call('removeHistoryMessages', { targetId: bob, chatType: 'singleChat', messageIds: [String(sent[4].serverMsgId)] });
    const left = await one.call('getHistoryMessages', { targetId: bob, chatType: 'singleChat', pageSize: 20, cursor: -1 });
    assert.deepEqual(left.messages.map((m) => m.msg), ['word 3', 'word 2', 'word 1', 'word 0']);
    await one.call('removeHistoryMessages', { targetId: bob, chatType: 'singleChat', beforeTimeStamp: Number(left.messages[0].time) + 1 });
    assert.deepEqual((await one.call('getHistoryMessages', { targetId: bob, chatType: 'singleChat', pageSize: 20, cursor: -1 })).messages, []);
    await one.close();
  });
}
