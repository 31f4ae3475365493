import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { ALL_SDKS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const stage = useStage();
const NEW_SDKS = ALL_SDKS.filter((sdk) => !sdk.isOld); // 3.6.3 knows no reactions
let app;
let closed;
before(async () => {
  app = await stage.app();
  closed = await stage.app({ features: { reactions: false } });
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
async function changed(client, reactionType) {
  const [found] = await client.events.until(reactionType, (log) => {
    const all = log.named('onReactionChange').filter((entry) => entry.data.reactions[0].op[0].reactionType === reactionType);
    return all.length > 0 ? all : undefined;
  });
  return found.data;
}

NEW_SDKS.forEach((sdk, i) => {
  const other = NEW_SDKS[(i + 1) % NEW_SDKS.length];

  test(`${sdk.name} reacts, and ${other.name} sees it`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice, { deviceId: 'desk' });
    const phone = await loggedIn(sdk, alice, { deviceId: 'phone' });
    const two = await loggedIn(other, bob);
    const messageId = String((await two.say({ to: alice, msg: 'hello' })).serverMsgId);
    await one.hears('onTextMessage');

    await one.call('addReaction', { messageId, reaction: 'like' });
    for (const client of [two, phone]) {
      const seen = await changed(client, 'create');
      assert.deepEqual([seen.from, seen.to, seen.chatType, seen.messageId], [alice, bob, 'singleChat', messageId]);
      assert.deepEqual([seen.reactions[0].reaction, seen.reactions[0].count, seen.reactions[0].userList], ['like', 1, [alice]]);
    }

    const [listed] = (await two.call('getReactionlist', { chatType: 'singleChat', messageId })).data;
    assert.deepEqual([listed.msgId, listed.reactionList[0].reaction, listed.reactionList[0].count, listed.reactionList[0].isAddedBySelf], [messageId, 'like', 1, false]);
    const detail = (await one.call('getReactionDetail', { messageId, reaction: 'like', cursor: '', pageSize: 20 })).data;
    assert.deepEqual([detail.reaction, detail.count, detail.userList, detail.isAddedBySelf], ['like', 1, [alice], true]);
    const history = await one.call('getHistoryMessages', { targetId: bob, chatType: 'singleChat', pageSize: 10, cursor: -1 });
    assert.deepEqual([history.messages[0].reactions[0].reaction, history.messages[0].reactions[0].isAddedBySelf], ['like', true]);

    await one.call('deleteReaction', { messageId, reaction: 'like' });
    assert.equal((await changed(two, 'delete')).reactions[0].count, 0);
    for (const client of [one, phone, two]) await client.close();
  });

  test(`${sdk.name} finds reactions that came while it was away`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const { groupid } = (await app.call('POST', '/chatgroups', { groupname: 'g', desc: 'd', public: true, owner: bob, members: [alice] })).data;
    const one = await loggedIn(sdk, alice, { deviceId: 'desk' });
    const two = await loggedIn(other, bob);
    const messageId = String((await one.say({ chatType: 'groupChat', to: groupid, msg: 'hello' })).serverMsgId);
    await one.close();
    await two.call('addReaction', { messageId, reaction: '😀' });

    const again = await loggedIn(sdk, alice, { deviceId: 'desk' });
    const seen = await changed(again, 'create');
    assert.deepEqual([seen.from, seen.to, seen.chatType, seen.reactions[0].reaction], [bob, groupid, 'groupChat', '😀']);
    const [listed] = (await again.call('getReactionlist', { chatType: 'groupChat', messageId: [messageId], groupId: groupid })).data;
    assert.equal(listed.reactionList[0].reaction, '😀');
    await again.close();
    await two.close();
  });

  test(`${sdk.name} is refused with 1101, 1102, 1103, 50, 602, 605 and 505`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const { groupid } = (await app.call('POST', '/chatgroups', { groupname: 'g', desc: 'd', public: true, owner: bob, members: [] })).data;
    const one = await loggedIn(sdk, alice);
    const two = await loggedIn(other, bob);
    const messageId = String((await two.say({ to: alice, msg: 'hello' })).serverMsgId);
    const inGroup = String((await two.say({ chatType: 'groupChat', to: groupid, msg: 'hello' })).serverMsgId);
    const react = (reaction, id = messageId) => code(one.call('addReaction', { messageId: id, reaction }));

    // The first ones race: whoever comes while another is being made is told to try again.
    let busy = 0;
    for (let attempt = 0; attempt < 20 && !busy; attempt++) {
      const fresh = String((await two.say({ to: alice, msg: `${attempt}` })).serverMsgId);
      const codes = await Promise.all(Array.from({ length: 6 }, (_, n) => react(`r${n}`, fresh)));
      assert.ok(codes.includes(0) && codes.every((c) => c === 0 || c === 1102), String(codes));
      busy = codes.filter((c) => c === 1102).length;
    }
    assert.ok(busy > 0);

    assert.equal(await react('like'), 0);
    assert.equal(await react('like'), 1101);
    assert.equal(await code(one.call('deleteReaction', { messageId, reaction: 'other' })), 1103);
    assert.equal(await react('like', '77'), 1103);
    assert.equal(await react('like', inGroup), 602);
    assert.equal(await code(one.call('getReactionlist', { chatType: 'groupChat', messageId: inGroup, groupId: groupid })), 602);
    assert.equal(await code(one.call('getReactionlist', { chatType: 'groupChat', messageId: inGroup })), 605);
    for (let n = 1; n < 20; n++) assert.equal(await react(`${n}`), 0);
    assert.equal(await react('too many'), 50);
    await one.close();
    await two.close();

    const three = await loggedIn(sdk, await stage.user(closed), {}, closed);
    assert.equal(await code(three.call('addReaction', { messageId: '77', reaction: 'like' })), 505);
    await three.close();
  });
});
