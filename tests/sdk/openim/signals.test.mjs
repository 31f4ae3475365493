import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from '../harness/deadline.mjs';
import { WEB } from './driver/client.mjs';
import { ALL_PAIRS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const REVOKED = 2101;

const stage = useStage({ casts: 2 });

/** Alice has just written to Bob, who has it. */
async function written(from, to) {
  const [alice, bob] = [stage.casts[0].get(from), stage.casts[1].get(to)];
  const [aliceBefore, bobBefore] = [alice.events.end, bob.events.end];
  const message = await alice.sendText({ user: bob.userId }, 'have you seen this?');
  await bob.nextMessage('it', (shown) => shown.clientMsgID === message.clientMsgID, { since: bobBefore });
  return { alice, bob, message, aliceBefore, bobBefore, conversation: alice.conversationWith(bob.userId) };
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
    // The SDKs ask for a recall by sequence number, which they learn from the server's copy.
    await until(`${alice.events.owner} knows the number of its message`, async () => {
      const history = await alice.history(conversation);
      return history.find((shown) => shown.clientMsgID === message.clientMsgID)?.seq;
    }, { every: 200, detail: () => alice.events.describe() });

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
}
