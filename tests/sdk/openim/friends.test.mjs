import assert from 'node:assert/strict';
import test from 'node:test';
import { ALL_PAIRS, ALL_SDKS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const BLOCKED_BY_PEER = 1302;
const ALREADY_FRIENDS = 1304;

const stage = useStage({ casts: 2 });

for (const [from, to] of ALL_PAIRS) {
  test(`${from.name} and ${to.name} become friends and part`, stage.needs(from, to), async (t) => {
    const [alice, bob] = [stage.casts[0].get(from), stage.casts[1].get(to)];
    const start = new Map();
    const begin = () => [alice, bob].forEach((client) => start.set(client, client.events.end));
    const next = (client, event, accept) => client.events.next(event, accept, { since: start.get(client) });
    const isAlices = (request) => request.fromUserID === alice.userId && request.toUserID === bob.userId;
    const lists = (client, other) => client.friendsAre(`${other.userId} as a friend`, (friends) => friends.some((f) => f.userID === other.userId));

    await t.test('a request shows on the other side', async () => {
      begin();
      await alice.askFriend(bob.userId, 'let us be friends');

      const { data } = await next(bob, 'OnFriendApplicationAdded', isAlices);
      assert.equal(data.reqMsg, 'let us be friends');
      assert.equal(data.handleResult, 0);
      const received = await bob.call('getFriendApplicationListAsRecipient', { handleResults: [], offset: 0, count: 100 });
      assert.ok(received.some(isAlices));
      const sent = await alice.call('getFriendApplicationListAsApplicant', { offset: 0, count: 100 });
      assert.ok(sent.some(isAlices));
    });

    await t.test('is refused', async () => {
      begin();
      await bob.refuseFriend(alice.userId, 'not today');

      const { data } = await next(alice, 'OnFriendApplicationRejected', isAlices);
      assert.equal(data.handleMsg, 'not today');
      assert.ok(!(await alice.friends()).some((friend) => friend.userID === bob.userId));
    });

    await t.test('is made again and accepted', async () => {
      await alice.askFriend(bob.userId, 'and now?');
      await next(bob, 'OnFriendApplicationAdded', (request) => isAlices(request) && request.reqMsg === 'and now?');
      begin();
      await bob.acceptFriend(alice.userId, 'welcome');

      const { data } = await next(alice, 'OnFriendApplicationAccepted', isAlices);
      assert.equal(data.handleMsg, 'welcome');
      if (!from.overlooksNewFriend) await next(alice, 'OnFriendAdded', (friend) => friend.userID === bob.userId);
      await next(bob, 'OnFriendAdded', (friend) => friend.userID === alice.userId);
      await lists(alice, bob);
      await lists(bob, alice);
      await assert.rejects(
        alice.askFriend(bob.userId, 'once more'),
        from.hidesHttpCodes ? { errMsg: 'RelationshipAlreadyError' } : { errCode: ALREADY_FRIENDS });
    });

    await t.test('a remark and a pin are kept by who set them', async () => {
      begin();
      await alice.updateFriend(bob.userId, { remark: 'bobby' });
      await next(alice, 'OnFriendInfoChanged', (friend) => friend.userID === bob.userId && friend.remark === 'bobby');
      await alice.updateFriend(bob.userId, { isPinned: true });

      await alice.friendsAre('him first', ([first]) => first.userID === bob.userId && first.remark === 'bobby' && first.isPinned);
      const [mine] = (await bob.friends()).filter((friend) => friend.userID === alice.userId);
      assert.ok(!mine.remark && !mine.isPinned);
    });

    await t.test('a new nickname shows to the friend', async () => {
      begin();
      const nickname = `New ${bob.userId} for ${alice.userId}`;
      await bob.call('setSelfInfo', { nickname });

      await next(alice, 'OnFriendInfoChanged', (friend) => friend.userID === bob.userId && friend.nickname === nickname);
    });

    await t.test('who is blocked cannot write', async () => {
      begin();
      await alice.block(bob.userId);
      await next(alice, 'OnBlackAdded', (blocked) => blocked.userID === bob.userId);
      assert.ok((await alice.blockedIds()).includes(bob.userId));

      await assert.rejects(bob.sendText({ user: alice.userId }, 'can you hear me?'), { errCode: BLOCKED_BY_PEER });

      await alice.unblock(bob.userId);
      await next(alice, 'OnBlackDeleted', (blocked) => blocked.userID === bob.userId);
      await bob.sendText({ user: alice.userId }, 'thanks');
      await alice.nextText('thanks', { since: start.get(alice) });
    });

    await t.test('one deletes, and stays on the list of the other', async () => {
      begin();
      await alice.deleteFriend(bob.userId);

      await next(alice, 'OnFriendDeleted', (friend) => friend.userID === bob.userId);
      await alice.friendsAre('nobody of that name', (friends) => !friends.some((friend) => friend.userID === bob.userId));
      await lists(bob, alice);
    });
  });
}

for (const sdk of ALL_SDKS) {
  test(`${sdk.name} comes back to another list of friends`, stage.needs(sdk), async () => {
    const [alice] = await stage.clients(sdk);
    const [stays, goes, comes] = await Promise.all([stage.user(), stage.user(), stage.user()]);
    await stage.admin.importFriends(alice.userId, [stays, goes]);
    await alice.friendsAre('both', (friends) => friends.length === 2);
    await alice.close();

    await stage.admin.deleteFriend(alice.userId, goes);
    await stage.admin.importFriends(alice.userId, [comes]);
    await stage.admin.updateFriend(alice.userId, comes, { isPinned: true });
    await stage.admin.updateFriend(alice.userId, stays, { remark: 'changed while away' });
    await stage.admin.rename(stays, 'Renamed while away');

    await alice.open();
    await alice.login();
    const friends = await alice.friendsAre('those of now', (list) =>
      list.map((friend) => friend.userID).join() === [comes, stays].join()
      && list[1].nickname === 'Renamed while away');
    assert.equal(friends[1].remark, 'changed while away');
    assert.equal(friends[0].isPinned, true);
  });
}
