import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from '../harness/deadline.mjs';
import { assertRefused } from './driver/expectations.mjs';
import { ALL_SDKS, JS, WASM_383, WASM_385 } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const BY_SEARCH = 3;
const APPLY = 0;
const ADMIN = 60;
const MEMBER = 20;
const OWNER = 100;
const MUTED_IN_GROUP = 1402;
const MUTED_GROUP = 1403;
const STATUS_NORMAL = 0;
const STATUS_MUTED = 3;

const stage = useStage({ casts: 1 });

/** What an SDK shows of a group's members: their ids in order, with rank, name and face. */
async function membersOf(client, groupID, count = 100) {
  return client.call('getGroupMemberList', { groupID, filter: 0, offset: 0, count });
}

async function groupOf(client, groupID) {
  return (await client.call('getSpecifiedGroupsInfo', [groupID]))[0];
}

/** Waits until the SDK's own copy of the group satisfies `accept`. */
function shows(client, what, read, accept) {
  let last;
  return until(`${client.events.owner} shows ${what}`, async () => accept((last = await read())) && last, {
    every: 200, detail: () => `${JSON.stringify(last)}\n${client.events.describe()}`,
  });
}

for (const [turn, sdk] of ALL_SDKS.entries()) {
  test(`a group that is run from ${sdk.name}`, stage.needs(...ALL_SDKS), async (t) => {
    const everybody = [0, 1, 2].map((offset) => stage.casts[0].get(ALL_SDKS[(turn + offset) % 3]));
    const [owner, member, guest] = everybody;
    const start = new Map(everybody.map((client) => [client, client.events.end]));
    const next = (client, event, accept) => client.events.next(event, accept, { since: start.get(client) });
    let groupID;
    const isOurs = (group) => group?.groupID === groupID;
    const showsGroup = (client, what, accept) => shows(client, what, () => groupOf(client, groupID), accept);
    const showsMember = (client, what, userID, accept) =>
      shows(client, what, async () => (await membersOf(client, groupID)).find((one) => one.userID === userID), (one) => one && accept(one));

    await t.test('is founded for who applies', async () => {
      const group = await owner.call('createGroup', {
        memberUserIDs: [member.userId],
        groupInfo: { groupName: 'first name', groupType: 2, needVerification: APPLY, introduction: 'we', ex: 'x' },
      });
      groupID = group.groupID;
      await next(owner, 'OnJoinedGroupAdded', isOurs);
      await next(member, 'OnJoinedGroupAdded', isOurs);
      for (const client of [owner, member]) {
        await shows(client, 'both members', () => membersOf(client, groupID), (members) => members.length === 2);
      }
    });

    await t.test('refuses an applicant, and accepts him the second time', async () => {
      const apply = (reqMsg) => guest.call('joinGroup', { groupID, reqMsg, joinSource: BY_SEARCH, ex: '' });
      const isTheirs = (application) => isOurs(application) && application.userID === guest.userId;

      await apply('please');
      const applied = await next(owner, 'OnGroupApplicationAdded', isTheirs);
      assert.equal(applied.data.reqMsg, 'please');
      assert.equal(applied.data.handleResult, 0);
      await next(guest, 'OnGroupApplicationAdded', isTheirs);
      await owner.call('refuseGroupApplication', { groupID, fromUserID: guest.userId, handleMsg: 'not yet' });
      const refused = await next(guest, 'OnGroupApplicationRejected', isTheirs);
      assert.equal(refused.data.handledMsg, 'not yet');

      await apply('and now?');
      await next(owner, 'OnGroupApplicationAdded', (one) => isTheirs(one) && one.reqMsg === 'and now?');
      const waiting = await owner.call('getGroupApplicationListAsRecipient', { groupID: [groupID], groupIDs: [groupID], handleResults: [0], offset: 0, count: 10 });
      assert.deepEqual(waiting.map((one) => [one.userID, one.reqMsg]), [[guest.userId, 'and now?']]);
      await owner.call('acceptGroupApplication', { groupID, fromUserID: guest.userId, handleMsg: 'welcome' });
      const accepted = await next(guest, 'OnGroupApplicationAccepted', isTheirs);
      assert.equal(accepted.data.handleResult, 1);
      await next(guest, 'OnJoinedGroupAdded', isOurs);
      await next(member, 'OnGroupMemberAdded', (one) => isOurs(one) && one.userID === guest.userId);
      for (const client of everybody) {
        await shows(client, 'three members', () => membersOf(client, groupID), (members) => members.length === 3);
      }
      const own = await guest.call('getGroupApplicationListAsApplicant', { groupID: [], groupIDs: [], handleResults: [], offset: 0, count: 10 });
      assert.deepEqual(own.filter(isOurs).map((one) => one.handleResult), [1]);
      const again = owner.call('acceptGroupApplication', { groupID, fromUserID: guest.userId, handleMsg: 'twice' });
      await assertRefused(owner, again, { errCode: 1206, errMsg: 'GroupRequestHandled' });
    });

    await t.test('has another name and an announcement', async () => {
      await owner.call('setGroupInfo', { groupID, groupName: 'second name' });
      await next(member, 'OnGroupInfoChanged', (group) => isOurs(group) && group.groupName === 'second name');
      await owner.call('setGroupInfo', { groupID, notification: 'hear, hear' });
      await next(guest, 'OnGroupInfoChanged', (group) => isOurs(group) && group.notification === 'hear, hear');
      await owner.call('setGroupInfo', { groupID, introduction: 'we three', ex: 'y' });
      for (const client of everybody) {
        const group = await showsGroup(client, 'the introduction', (one) => one.introduction === 'we three');
        assert.deepEqual(
          [group.groupName, group.notification, group.notificationUserID, group.ex], ['second name', 'hear, hear', owner.userId, 'y']);
      }
      await assertRefused(member, member.call('setGroupInfo', { groupID, groupName: 'mine' }), { errCode: 1002, errMsg: 'NoPermissionError' });
    });

    await t.test('silences a member', async () => {
      await owner.call('changeGroupMemberMute', { groupID, userID: member.userId, mutedSeconds: 3600 });
      await next(member, 'OnGroupMemberInfoChanged', (one) => isOurs(one) && one.userID === member.userId && one.muteEndTime > 0);
      await assert.rejects(member.sendText({ group: groupID }, 'may I?'), (error) => error.errCode === MUTED_IN_GROUP);
      await guest.sendText({ group: groupID }, 'but I may');
      await owner.call('changeGroupMemberMute', { groupID, userID: member.userId, mutedSeconds: 0 });
      await showsMember(member, 'the end of the mute', member.userId, (one) => one.muteEndTime === 0);
      await member.sendText({ group: groupID }, 'thanks');
      await guest.nextText('thanks', { since: start.get(guest) });
    });

    await t.test('silences everybody', async () => {
      const mute = (isMute) => owner.sdk.cannotMuteGroups
        ? stage.admin.post(isMute ? '/group/mute_group' : '/group/cancel_mute_group', { groupID })
        : owner.call('changeGroupMute', { groupID, isMute });
      await mute(true);
      await next(member, 'OnGroupInfoChanged', (group) => isOurs(group) && group.status === STATUS_MUTED);
      await assert.rejects(member.sendText({ group: groupID }, 'may I?'), (error) => error.errCode === MUTED_GROUP);
      await owner.sendText({ group: groupID }, 'only I may');
      await mute(false);
      await showsGroup(member, 'the end of the mute', (group) => group.status === STATUS_NORMAL);
      await member.sendText({ group: groupID }, 'at last');
      await guest.nextText('at last', { since: start.get(guest) });
    });

    await t.test('gives a member a rank, and he himself a name', async () => {
      await owner.call('setGroupMemberInfo', { groupID, userID: guest.userId, roleLevel: ADMIN });
      await next(member, 'OnGroupMemberInfoChanged', (one) => isOurs(one) && one.userID === guest.userId && one.roleLevel === ADMIN);
      await guest.call('setGroupMemberInfo', { groupID, userID: guest.userId, nickname: 'Deputy' });
      await next(member, 'OnGroupMemberInfoChanged', (one) => isOurs(one) && one.userID === guest.userId && one.nickname === 'Deputy');
      for (const client of everybody) await showsMember(client, 'the deputy', guest.userId, (one) => one.roleLevel === ADMIN && one.nickname === 'Deputy');
      await owner.call('setGroupMemberInfo', { groupID, userID: guest.userId, roleLevel: MEMBER });
      await showsMember(member, 'him as one like others', guest.userId, (one) => one.roleLevel === MEMBER);
    });

    await t.test('shows a member as his account calls itself', async () => {
      const nickname = `Renamed ${member.userId}`;
      await member.call('setSelfInfo', { nickname });
      await next(guest, 'OnGroupMemberInfoChanged', (one) => isOurs(one) && one.userID === member.userId && one.nickname === nickname);
      await showsMember(owner, 'the new name', member.userId, (one) => one.nickname === nickname);
    });

    await t.test('passes to another owner', async () => {
      await owner.call('transferGroupOwner', { groupID, newOwnerUserID: member.userId });
      for (const client of everybody) {
        await showsGroup(client, 'the new owner', (group) => group.ownerUserID === member.userId);
        await showsMember(client, 'his rank', member.userId, (one) => one.roleLevel === OWNER);
        await showsMember(client, 'the old owner as one like others', owner.userId, (one) => one.roleLevel === MEMBER);
      }
    });

    await t.test('is left by one and loses another', async () => {
      await owner.call('quitGroup', groupID);
      await next(owner, 'OnJoinedGroupDeleted', isOurs);
      await next(guest, 'OnGroupMemberDeleted', (one) => isOurs(one) && one.userID === owner.userId);
      await member.kick(groupID, [guest.userId]);
      await next(guest, 'OnJoinedGroupDeleted', isOurs);
      await assert.rejects(guest.sendText({ group: groupID }, 'am I out?'));
      await member.dismiss(groupID);
      await next(member, 'OnGroupDismissed', isOurs);
    });
  });
}

for (const sdk of [WASM_385, WASM_383, JS]) {
  test(`${sdk.name} comes back to a group that has changed`, stage.needs(sdk), async () => {
    const [away] = await stage.clients(sdk);
    const ids = [];
    while (ids.length < 4) ids.push(await stage.user());
    const [owner, gone, promoted, newcomer] = ids;
    const { groupID } = await stage.admin.createGroup({ owner, members: [away.userId, gone, promoted] });
    await shows(away, 'four members', () => membersOf(away, groupID), (members) => members.length === 4);
    await away.close();

    await stage.admin.post('/group/set_group_info_ex', { groupID, groupName: 'while you were away', notification: 'read me' });
    await stage.admin.post('/group/kick_group', { groupID, kickedUserIDs: [gone] });
    await stage.admin.post('/group/invite_user_to_group', { groupID, invitedUserIDs: [newcomer] });
    await stage.admin.post('/group/set_group_member_info', { members: [{ groupID, userID: promoted, roleLevel: ADMIN, nickname: 'Deputy' }] });

    await away.open();
    await away.login();
    const members = await shows(
      away, 'who is there now', () => membersOf(away, groupID),
      (list) => [owner, promoted, away.userId, newcomer].every((id) => list.some((one) => one.userID === id)) && list.length === 4);
    assert.deepEqual(members.map((one) => [one.userID, one.roleLevel]).sort(), [[owner, OWNER], [promoted, ADMIN], [away.userId, MEMBER], [newcomer, MEMBER]].sort());
    assert.equal(members.find((one) => one.userID === promoted).nickname, 'Deputy');
    const group = await groupOf(away, groupID);
    assert.deepEqual([group.groupName, group.notification, group.memberCount], ['while you were away', 'read me', 4]);
  });
}

for (const sdk of [WASM_385, JS]) {
  test(`${sdk.name} in a group of a thousand`, stage.needs(sdk), async () => {
    const [client] = await stage.clients(sdk);
    const ids = Array.from({ length: 999 }, (_, index) => `${client.userId}_n${index}`);
    await stage.admin.register(ids.map((userID) => ({ userID, nickname: `Nick ${userID}` })));
    const { groupID } = await stage.admin.createGroup({ owner: ids[0], members: [client.userId, ...ids.slice(1)] });
    await client.events.next('OnJoinedGroupAdded', (group) => group.groupID === groupID);

    const seen = new Set();
    await until(`${client.events.owner} has read all members`, async () => {
      seen.clear();
      for (let offset = 0; ; offset += 100) {
        const page = await client.call('getGroupMemberList', { groupID, filter: 0, offset, count: 100 });
        for (const member of page) seen.add(member.userID);
        if (page.length < 100) return seen.size === 1000;
      }
    }, { every: 500, within: 60_000, detail: () => `${seen.size} members\n${client.events.describe()}` });

    await stage.admin.sendTextToGroup(ids[500], groupID, 'from the middle');
    await client.nextText('from the middle');
    const sent = await client.sendText({ group: groupID }, 'from the end');
    assert.equal(sent.groupID, groupID);
  });
}
