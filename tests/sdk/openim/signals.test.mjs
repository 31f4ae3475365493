import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from '../harness/deadline.mjs';
import { groupConversationId, WEB } from './driver/client.mjs';
import { isFromPerson } from './driver/expectations.mjs';
import { ALL_PAIRS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const REVOKED = 2101;

/** A message's status, once it was deleted. */
const DELETED = 4;

const stage = useStage({ casts: 2 });

/** Alice has just written to Bob, who has it. */
async function written(from, to) {
  const [alice, bob] = [stage.casts[0].get(from), stage.casts[1].get(to)];
  const [aliceBefore, bobBefore] = [alice.events.end, bob.events.end];
  const message = await alice.sendText({ user: bob.userId }, 'have you seen this?');
  await bob.nextMessage('it', (shown) => shown.clientMsgID === message.clientMsgID, { since: bobBefore });
  return { alice, bob, message, aliceBefore, bobBefore, conversation: alice.conversationWith(bob.userId) };
}

/** The SDKs ask for a recall or a deletion by sequence number, which they learn from the server's copy. */
function numbered(client, conversation, message) {
  return until(`${client.events.owner} knows the number of its message`, async () => {
    const history = await client.history(conversation);
    return history.find((shown) => shown.clientMsgID === message.clientMsgID)?.seq;
  }, { every: 200, detail: () => client.events.describe() });
}

const has = async (client, conversation, message) =>
  (await client.history(conversation)).some((shown) => shown.clientMsgID === message.clientMsgID);

/** What the server would give a device of that user that begins with nothing. */
async function served(client, conversation) {
  const { msgs } = await stage.admin.post('/msg/pull_msg_by_seq', {
    userID: client.userId, seqRanges: [{ conversationID: conversation, begin: 1, end: 100_000, num: 1000 }],
  });
  return (msgs?.[conversation]?.Msgs ?? []).filter((message) => message.status !== DELETED).map((message) => message.clientMsgID);
}

for (const [from, to] of ALL_PAIRS) {
  test(`${to.name} reads and ${from.name} gets the receipt`, stage.needs(from, to), async () => {
    const { alice, bob, message, aliceBefore, conversation } = await written(from, to);

    await bob.markRead(conversation);

    const receipts = await alice.events.next(
      'OnRecvC2CReadReceipt',
      (list) => list.some((receipt) => receipt.msgIDList.includes(message.clientMsgID)),
      { since: aliceBefore });
    assert.deepEqual(receipts.data.map((receipt) => receipt.userID), [bob.userId]);
    await until(`the message is read in the history of ${alice.events.owner}`, async () => {
      const history = await alice.history(conversation);
      return history.find((shown) => shown.clientMsgID === message.clientMsgID)?.isRead;
    }, { every: 200, detail: () => alice.events.describe() });
  });

  test(`${to.name} types and ${from.name} sees it`, stage.needs(from, to), async () => {
    const { alice, bob, aliceBefore, conversation } = await written(from, to);
    const isAboutBob = (status) => status.conversationID === conversation && status.userID === bob.userId;

    await bob.typing(conversation, true);

    await alice.events.next(
      'OnConversationUserInputStatusChanged',
      (status) => isAboutBob(status) && status.platformIDs?.includes(WEB),
      { since: aliceBefore });
    const whileTyping = alice.events.end;

    await bob.typing(conversation, false);

    await alice.events.next('OnConversationUserInputStatusChanged', isAboutBob, { since: whileTyping });
    assert.equal(alice.received(aliceBefore).length, 0, 'typing is not a message');
  });

  test(`${from.name} recalls and ${to.name} sees it`, stage.needs(from, to), async () => {
    const { alice, bob, message, aliceBefore, bobBefore, conversation } = await written(from, to);
    await numbered(alice, conversation, message);

    await alice.recall(conversation, message.clientMsgID);

    for (const [client, since] of [[bob, bobBefore], [alice, aliceBefore]]) {
      const { data } = await client.events.next(
        'OnNewRecvMessageRevoked', (revoked) => revoked.clientMsgID === message.clientMsgID, { since });
      assert.equal(data.revokerID, alice.userId);
      assert.equal(data.sourceMessageSendID, alice.userId);
      const history = await client.history(conversation);
      assert.equal(history.find((shown) => shown.clientMsgID === message.clientMsgID)?.contentType, REVOKED);
    }
  });

  test(`${from.name} runs a group and takes back what ${to.name} said there`, stage.needs(from, to), async () => {
    const [alice, bob] = [stage.casts[0].get(from), stage.casts[1].get(to)];
    const [aliceBefore, bobBefore] = [alice.events.end, bob.events.end];
    const { groupID } = await alice.createGroup('with rules', [bob.userId]);
    await bob.events.next('OnJoinedGroupAdded', (group) => group.groupID === groupID, { since: bobBefore });
    const conversation = groupConversationId(groupID);
    const [hers, his] = [await alice.sendText({ group: groupID }, 'welcome'), await bob.sendText({ group: groupID }, 'rubbish')];
    await alice.nextText('rubbish', { since: aliceBefore });
    await bob.nextText('welcome', { since: bobBefore });
    await Promise.all([numbered(alice, conversation, his), numbered(bob, conversation, his), numbered(bob, conversation, hers)]);

    await assert.rejects(bob.recall(conversation, hers.clientMsgID));
    await alice.recall(conversation, his.clientMsgID);

    for (const [client, since] of [[bob, bobBefore], [alice, aliceBefore]]) {
      const { data } = await client.events.next(
        'OnNewRecvMessageRevoked', (revoked) => revoked.clientMsgID === his.clientMsgID, { since });
      assert.deepEqual([data.revokerID, data.sourceMessageSendID], [alice.userId, bob.userId]);
      const history = await client.history(conversation);
      assert.deepEqual(
        [hers, his].map((message) => history.find((shown) => shown.clientMsgID === message.clientMsgID).contentType), [101, REVOKED]);
    }
  });

  test(`${from.name} deletes what it said to ${to.name}: one message, then all, for itself`, stage.needs(from, to), async () => {
    const { alice, bob, message, bobBefore, conversation } = await written(from, to);
    await numbered(alice, conversation, message);
    await numbered(bob, conversation, message);

    await alice.call('deleteMessage', { conversationID: conversation, clientMsgID: message.clientMsgID });

    assert.ok(!(await has(alice, conversation, message)), 'she still sees it');
    assert.ok(!(await served(alice, conversation)).includes(message.clientMsgID), 'the server still gives it to her');
    assert.ok((await served(bob, conversation)).includes(message.clientMsgID), 'the server does not give it to him any more');
    assert.ok(await has(bob, conversation, message), 'it is gone from him too');
    const last = await alice.sendText({ user: bob.userId }, 'that is enough');
    await numbered(alice, conversation, last);
    await bob.nextText('that is enough', { since: bobBefore });

    await alice.call('deleteConversationAndDeleteAllMsg', conversation);

    assert.deepEqual((await alice.history(conversation)).filter(isFromPerson), []);
    assert.deepEqual(await served(alice, conversation), []);
    assert.ok(await has(bob, conversation, last), 'it is gone from him too');
    const again = await bob.sendText({ user: alice.userId }, 'are you there?');
    await alice.nextMessage('it', (shown) => shown.clientMsgID === again.clientMsgID);
    assert.deepEqual((await alice.history(conversation)).filter(isFromPerson).map((shown) => shown.clientMsgID), [again.clientMsgID]);
  });

  test(`${to.name} leafs through what ${from.name} said, back and forth`, stage.needs(from, to), async () => {
    const { bob, alice, message, bobBefore, conversation } = await written(from, to);
    const said = [message];
    while (said.length < 7) said.push(await alice.sendText({ user: bob.userId }, `page ${said.length}`));
    await bob.nextMessage('the last page', (shown) => shown.clientMsgID === said.at(-1).clientMsgID, { since: bobBefore });
    const ids = (messages) => messages.map((shown) => shown.clientMsgID);
    const page = async (method, start, count) => ids((await bob.call(method, {
      conversationID: conversation, startClientMsgID: start, count, viewType: 0,
    })).messageList);

    assert.deepEqual(await page('getAdvancedHistoryMessageList', '', 3), ids(said.slice(-3)));
    assert.deepEqual(await page('getAdvancedHistoryMessageList', said[4].clientMsgID, 3), ids(said.slice(1, 4)));
    const forward = to.repeatsStart ? said.slice(1, 4) : said.slice(2, 5);
    assert.deepEqual(await page('getAdvancedHistoryMessageListReverse', said[1].clientMsgID, 3), ids(forward));
  });
}
