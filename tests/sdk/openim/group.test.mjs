import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from '../harness/deadline.mjs';
import { groupConversationId } from './driver/client.mjs';
import { assertAcknowledged, assertDense, assertNoEcho, assertShownOnce, settledHistory } from './driver/expectations.mjs';
import { ALL_SDKS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const stage = useStage({ casts: 1 });

for (const [turn, sdk] of ALL_SDKS.entries()) {
  test(`a group of three SDKs that belongs to ${sdk.name}`, stage.needs(...ALL_SDKS), async (t) => {
    const everybody = [0, 1, 2].map((offset) => stage.casts[0].get(ALL_SDKS[(turn + offset) % 3]));
    const [owner, first, second] = everybody;
    const start = new Map(everybody.map((client) => [client, client.events.end]));
    const next = (client, event, accept) => client.events.next(event, accept, { since: start.get(client) });
    let groupID;
    const haveMembers = async (clients) => {
      const wanted = clients.map((client) => client.userId).sort().join();
      for (const client of clients) {
        await until(`${client.events.owner} lists the members`, async () => (await client.memberIds(groupID)).join() === wanted, {
          every: 200, detail: () => client.events.describe(),
        });
      }
    };
    const isOurs = (group) => group.groupID === groupID;

    await t.test('is created with one member', async () => {
      const group = await owner.createGroup('three of us', [first.userId]);
      groupID = group.groupID;
      assert.equal(group.groupName, 'three of us');
      assert.equal(group.ownerUserID, owner.userId);

      await next(owner, 'OnJoinedGroupAdded', isOurs);
      await next(first, 'OnJoinedGroupAdded', isOurs);
      // An SDK that still fetches the list takes later changes for part of it, and has nothing to tell.
      await haveMembers([owner, first]);
    });

    await t.test('gets a third one by invitation', async () => {
      await owner.invite(groupID, [second.userId]);

      await next(second, 'OnJoinedGroupAdded', isOurs);
      for (const client of [owner, first]) {
        await next(client, 'OnGroupMemberAdded', (member) => isOurs(member) && member.userID === second.userId);
      }
      await haveMembers(everybody);
    });

    await t.test('lets all three speak, and each hears the others once', async () => {
      const said = new Map();
      for (const speaker of everybody) {
        const messages = [];
        for (const line of ['one', 'two']) {
          messages.push(await speaker.sendText({ group: groupID }, `${line} from ${speaker.userId}`));
        }
        messages.forEach(assertAcknowledged);
        said.set(speaker, messages);
      }

      for (const listener of everybody) {
        for (const speaker of everybody.filter((one) => one !== listener)) {
          await listener.nextText(`two from ${speaker.userId}`, { since: start.get(listener) });
          assertShownOnce(listener, speaker, said.get(speaker), start.get(listener));
        }
        assertNoEcho(listener, start.get(listener));
      }
      assertDense(await settledHistory(owner, first, groupConversationId(groupID)));
    });

    await t.test('loses a member', async () => {
      await owner.kick(groupID, [first.userId]);

      await next(first, 'OnJoinedGroupDeleted', isOurs);
      for (const client of [owner, second]) {
        await next(client, 'OnGroupMemberDeleted', (member) => isOurs(member) && member.userID === first.userId);
      }

      const secret = await owner.sendText({ group: groupID }, 'now that she is gone');
      await second.nextText('now that she is gone', { since: start.get(second) });
      const fence = await owner.sendText({ user: first.userId }, 'sorry');
      await first.nextMessage('the excuse', (message) => message.clientMsgID === fence.clientMsgID);
      assert.ok(!first.received().some((message) => message.clientMsgID === secret.clientMsgID));
      await assert.rejects(first.sendText({ group: groupID }, 'am I out?'));
    });

    await t.test('is dismissed', async () => {
      await owner.dismiss(groupID);

      await next(second, 'OnGroupDismissed', isOurs);
      await next(owner, 'OnGroupDismissed', isOurs);
      await assert.rejects(second.sendText({ group: groupID }, 'is anybody there?'));
    });
  });
}
