import assert from 'node:assert/strict';
import test from 'node:test';
import { groupConversationId } from './driver/client.mjs';
import {
  assertAcknowledged, assertDense, assertNoEcho, assertShownOnce, isFromPerson, settledHistory,
} from './driver/expectations.mjs';
import { ALL_PAIRS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const PICTURE = 'http://127.0.0.1/picture.png';

const stage = useStage({ casts: 2 });

for (const [from, to] of ALL_PAIRS) {
  test(`${from.name} writes to ${to.name}: text and picture arrive once`, stage.needs(from, to), async () => {
    const [alice, bob] = [stage.casts[0].get(from), stage.casts[1].get(to)];
    const [aliceBefore, bobBefore] = [alice.events.end, bob.events.end];
    const conversation = alice.conversationWith(bob.userId);

    const text = await alice.sendText({ user: bob.userId }, 'hello, 你好 🙂');
    const picture = await alice.sendImageByUrl({ user: bob.userId }, PICTURE);
    const last = await alice.sendText({ user: bob.userId }, 'that was it');

    [text, picture, last].forEach(assertAcknowledged);
    const { seq } = await bob.nextText('that was it', { since: bobBefore });
    assert.equal(seq, 3);
    assertShownOnce(bob, alice, [text, picture, last], bobBefore);
    const [seenText, seenPicture] = bob.received(bobBefore);
    assert.equal(seenText.textElem.content, 'hello, 你好 🙂');
    assert.equal(seenPicture.pictureElem.sourcePicture.url, PICTURE);

    const history = await settledHistory(alice, bob, conversation);
    assert.deepEqual(history.map((message) => message.clientMsgID), [text, picture, last].map((sent) => sent.clientMsgID));
    assertDense(history);
    assertNoEcho(alice, aliceBefore);
  });

  test(`${from.name} mentions ${to.name} in a group`, stage.needs(from, to), async () => {
    const [alice, bob] = [stage.casts[0].get(from), stage.casts[1].get(to)];
    const [aliceBefore, bobBefore] = [alice.events.end, bob.events.end];
    const { groupID } = await alice.createGroup('two of us', [bob.userId]);
    await bob.events.next('OnJoinedGroupAdded', (group) => group.groupID === groupID, { since: bobBefore });

    const mention = await alice.sendAt(groupID, '@bob look', [bob.userId]);
    const last = await alice.sendText({ group: groupID }, 'that was it');

    [mention, last].forEach(assertAcknowledged);
    await bob.nextText('that was it', { since: bobBefore });
    assertShownOnce(bob, alice, [mention, last], bobBefore);
    const seen = bob.received(bobBefore).find((message) => message.clientMsgID === mention.clientMsgID);
    assert.deepEqual(seen.atTextElem.atUserList, [bob.userId]);
    assert.equal(seen.atTextElem.text, '@bob look');

    const history = await settledHistory(alice, bob, groupConversationId(groupID));
    assertDense(history);
    assert.deepEqual(
      history.filter(isFromPerson).map((message) => message.clientMsgID),
      [mention.clientMsgID, last.clientMsgID]);
    assertNoEcho(alice, aliceBefore);
  });
}
