import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from '../harness/deadline.mjs';
import { ALL_PAIRS, ALL_SDKS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const NOTIFIED = 0;
const NOT_SENT = 1;
const SILENT = 2;

/** What one device of a user does, the user's others show; and a friend, who is on each SDK in turn, where it is news for him. */
const stage = useStage({ casts: 1, devices: true });

const everyDevice = () => [...stage.devices.values()];

/** Waits until every device shows the conversation with that friend so. */
function onAll(friend, what, accept) {
  return Promise.all(everyDevice().map((device) => device.conversationIs(friend.userId, what, accept)));
}

/** Waits until every device counts so much unread. */
function totalIs(count) {
  return Promise.all(everyDevice().filter((device) => !device.sdk.losesTotalUnread).map((device) => {
    let total;
    return until(`${device.events.owner} counts ${count} unread`, async () => (total = await device.call('getTotalUnreadMsgCount')) === count, {
      every: 100, detail: () => `it counts ${total}\n${device.events.describe()}`,
    });
  }));
}

/** Waits until every device shows so much unread of that friend. */
function unreadIs(friend, count) {
  return Promise.all(everyDevice().map((device) => device.conversationIs(
    friend.userId, `${count} unread`,
    // One that ignores what others read counts what its own user did elsewhere, too.
    ({ unreadCount }) => unreadCount === count || device.sdk.ignoresOwnReads && unreadCount > count)));
}

/** Reads everything on that device; on one that would not learn of it, too. */
async function allRead(device, friend) {
  for (const each of everyDevice().filter((other) => other === device || other.sdk.ignoresOwnReads)) {
    await until(`${each.events.owner} has read everything`, async () => {
      if ((await each.conversation(friend.userId)).unreadCount === 0) return true;
      await each.markRead(each.conversationWith(friend.userId));
      return false;
    }, { detail: () => each.events.describe() });
  }
  await onAll(friend, 'nothing unread', (one) => one.unreadCount === 0);
}

/** The friend writes and every device gets it. */
async function heard(friend, text) {
  const since = everyDevice().map((device) => device.events.end);
  const sent = await friend.sendText({ user: everyDevice()[0].userId }, text);
  for (const [index, device] of everyDevice().entries()) {
    await device.nextMessage('it', (message) => message.clientMsgID === sent.clientMsgID, { since: since[index] });
  }
}

for (const [sdk, other] of ALL_PAIRS) {
  test(`${sdk.name} arranges its conversation with a friend on ${other.name}`, stage.needs(...ALL_SDKS), async (t) => {
    const [device, friend] = [stage.devices.get(sdk), stage.casts[0].get(other)];
    const set = (change) => device.setConversation(friend.userId, change);

    await t.test('reads', async () => {
      await heard(friend, 'one');
      await heard(friend, 'two');
      await unreadIs(friend, 2);
      await totalIs(2);
      await allRead(device, friend);
      await totalIs(0);
    });

    await t.test('wants it silent, then not at all', async () => {
      await set({ recvMsgOpt: SILENT });
      await onAll(friend, 'silence', (one) => one.recvMsgOpt === SILENT);
      await heard(friend, 'psst');
      await unreadIs(friend, 1);
      await totalIs(0);

      await set({ recvMsgOpt: NOT_SENT });
      await onAll(friend, 'refusal', (one) => one.recvMsgOpt === NOT_SENT);
      await assert.rejects(friend.sendText({ user: device.userId }, 'hello?'), { errCode: 1001 });

      await set({ recvMsgOpt: NOTIFIED });
      await onAll(friend, 'the usual', (one) => one.recvMsgOpt === NOTIFIED);
      await allRead(device, friend);
    });

    await t.test('has it burn after reading, for both', async () => {
      await set({ isPrivateChat: true, burnDuration: 60 });
      await onAll(friend, 'that it burns', (one) => one.isPrivateChat && one.burnDuration === 60);
      await friend.conversationIs(device.userId, 'that it burns', (one) => one.isPrivateChat);
      await set({ isPrivateChat: false });
      await onAll(friend, 'that it stays', (one) => !one.isPrivateChat);
      await friend.conversationIs(device.userId, 'that it stays', (one) => !one.isPrivateChat);
    });
  });
}

for (const sdk of ALL_SDKS) {
  test(`${sdk.name} arranges what concerns its user only`, stage.needs(...ALL_SDKS), async (t) => {
    const [device, friend] = [stage.devices.get(sdk), stage.casts[0].get(sdk)];
    const set = (change) => device.setConversation(friend.userId, change);

    await t.test('says what the other devices show as said by their user', async () => {
      const since = everyDevice().map((each) => each.events.end);
      const sent = await device.sendText({ user: friend.userId }, 'from one of mine');
      for (const [index, each] of everyDevice().entries()) {
        if (each === device) continue;
        const seen = await each.nextMessage('it', (message) => message.clientMsgID === sent.clientMsgID, { since: since[index] });
        assert.equal(seen.sendID, device.userId);
      }
    });

    await t.test('pins and notes', async () => {
      await set({ isPinned: true, ex: `by ${sdk.name}`, isMsgDestruct: true, msgDestructTime: 3600 });
      await onAll(friend, 'all of it', (one) =>
        one.isPinned && one.ex === `by ${sdk.name}` && one.isMsgDestruct && one.msgDestructTime === 3600);
      for (const each of everyDevice()) assert.equal((await each.conversations())[0].userID, friend.userId);
      await set({ isPinned: false, ex: '', isMsgDestruct: false });
      await onAll(friend, 'nothing of it', (one) => !one.isPinned && !one.ex && !one.isMsgDestruct);
    });

    await t.test('wants nothing from anybody, then everything', async () => {
      const setsOption = async (option) => {
        await device.call('setSelfInfo', { globalRecvMsgOpt: option });
        await Promise.all(everyDevice().map((each) => until(
          `${each.events.owner} shows it`, async () => (await each.call('getSelfUserInfo')).globalRecvMsgOpt === option,
          { every: 100, detail: () => each.events.describe() })));
      };
      await setsOption(NOT_SENT);
      await assert.rejects(friend.sendText({ user: device.userId }, 'hello?'), { errCode: 1001 });
      await setsOption(NOTIFIED);
      await heard(friend, 'at last');
      await allRead(device, friend);
    });

    if (!sdk.keepsDrafts) return;
    await t.test('drafts and hides, which the other devices do not see', async () => {
      const conversationID = device.conversationWith(friend.userId);
      const lists = async (each) => (await each.conversations()).some((one) => one.userID === friend.userId);
      const others = everyDevice().filter((each) => each !== device);

      await device.call('setConversationDraft', { conversationID, draftText: 'dear friend' });
      await device.conversationIs(friend.userId, 'the draft', (one) => one.draftText === 'dear friend');
      for (const each of others) assert.equal((await each.conversation(friend.userId)).draftText, '');
      await device.call('setConversationDraft', { conversationID, draftText: '' });

      await device.call('hideConversation', conversationID);
      assert.equal(await lists(device), false);
      for (const each of others) assert.equal(await lists(each), true);
      await heard(friend, 'back again');
      await until(`${device.events.owner} lists it again`, () => lists(device), { every: 100 });
      await allRead(device, friend);
    });
  });
}
