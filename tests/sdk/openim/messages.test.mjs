import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from '../harness/deadline.mjs';
import { groupConversationId } from './driver/client.mjs';
import { contentsOf, shownIn } from './driver/contents.mjs';
import {
  assertAcknowledged, assertDense, assertNoEcho, assertShownOnce, isFromPerson, settledHistory,
} from './driver/expectations.mjs';
import { ALL_PAIRS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const GROUP = 3;
const AT_ME = 1;

const PICTURE = 'http://127.0.0.1/picture.png';

const stage = useStage({ casts: 2 });

/** The members of `shown` that `wanted` has, so that what an SDK adds of its own does not count. */
function partOf(shown, wanted) {
  if (Array.isArray(wanted)) return Array.isArray(shown) ? shown.map((one, index) => partOf(one, wanted[index])) : shown;
  if (wanted === null || typeof wanted !== 'object') return shown;
  return Object.fromEntries(Object.entries(wanted).map(([key, member]) => [key, partOf(shown?.[key], member)]));
}

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

  test(`${from.name} says to ${to.name} whatever it can say, and nothing of it is lost`, stage.needs(from, to), async () => {
    const [alice, bob] = [stage.casts[0].get(from), stage.casts[1].get(to)];
    const bobBefore = bob.events.end;
    const earlier = await alice.sendText({ user: bob.userId }, 'before all that');
    const contents = contentsOf(from);
    const sent = [];

    for (const { method, args } of contents) {
      const message = await alice.call(method, args(earlier));
      sent.push(await alice.send({ user: bob.userId }, message, { method: 'sendMessageNotOss' }));
    }

    sent.forEach(assertAcknowledged);
    await bob.nextMessage('the last one', (message) => message.clientMsgID === sent.at(-1).clientMsgID, { since: bobBefore });
    assertShownOnce(bob, alice, [earlier, ...sent], bobBefore);
    const shown = bob.received(bobBefore).slice(-sent.length);
    const kept = (await settledHistory(alice, bob, alice.conversationWith(bob.userId))).slice(-sent.length);
    for (const [index, content] of contents.entries()) {
      const { name, type, args, shows = args(earlier) } = content;
      for (const [client, message] of [[bob, shown[index]], [alice, kept[index]]]) {
        assert.equal(message.contentType, type, name);
        assert.deepEqual(partOf(shownIn(content, message, client.sdk), shows), shows, name);
        assert.equal(message.sendID, alice.userId);
      }
    }
    const at = (name) => shown[contents.findIndex((content) => content.name === name)];
    assert.equal(at('a quote').quoteElem.quoteMessage.clientMsgID, earlier.clientMsgID);
    assert.deepEqual(at('several messages as one').mergeElem.multiMessage.map((one) => one.textElem.content), ['before all that']);
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
    const conversation = () => bob.call('getOneConversation', { sourceID: groupID, sessionType: GROUP });
    await until(`${bob.events.owner} is told that he is meant`, async () => (await conversation()).groupAtType === AT_ME, {
      every: 100, detail: () => bob.events.describe(),
    });

    const history = await settledHistory(alice, bob, groupConversationId(groupID));
    assertDense(history);
    assert.deepEqual(
      history.filter(isFromPerson).map((message) => message.clientMsgID),
      [mention.clientMsgID, last.clientMsgID]);
    assertNoEcho(alice, aliceBefore);
  });
}
