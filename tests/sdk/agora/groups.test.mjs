import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { AGORA_131, AGORA_140, EASEMOB_363, EASEMOB_4211 } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const stage = useStage();
let app;
before(async () => {
  app = await stage.app({ groups: { members: 100, perApp: 0 } });
});

async function loggedIn(sdk, user, options) {
  const client = await stage.client(sdk, app, options);
  await client.open({ user, accessToken: await app.userToken(user) });
  return client;
}

/** Two people on two SDKs, and what each of them is called. */
async function twoOf(sdk, other) {
  const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
  return { alice, bob, one: await loggedIn(sdk, alice), two: await loggedIn(other, bob) };
}

/** The next event of groups that this client has not been asked for yet. */
async function hears(client, operation) {
  client.seen ??= new Set();
  const entry = await client.events.until(operation, (log) =>
    log.named('onGroupEvent').find((one) => one.data.operation === operation && !client.seen.has(one)),
  );
  client.seen.add(entry);
  return entry.data;
}

async function refused(type, promise) {
  await assert.rejects(promise, (error) => {
    assert.equal(error.type, type, error.message);
    return true;
  });
}

const found = async (client, options = {}) =>
  (
    await client.call('createGroup', {
      data: { groupname: 'group', desc: 'about', members: [], public: true, approval: false, allowinvites: false, inviteNeedConfirm: false, maxusers: 50, ...options },
    })
  ).data.groupid;

const NEW_SDKS = [AGORA_140, EASEMOB_4211, AGORA_131];

NEW_SDKS.forEach((sdk, i) => {
  const other = NEW_SDKS[(i + 1) % NEW_SDKS.length];

  test(`${sdk.name} founds a group, changes it, gives it away and ends it`, stage.needs, async () => {
    const { alice, bob, one, two } = await twoOf(sdk, other);
    const groupId = await found(one, { members: [bob] });
    const joined = await hears(two, 'directJoined');
    assert.deepEqual([joined.id, joined.from, joined.name], [groupId, alice, 'group']);

    const [info] = (await one.call('getGroupInfo', { groupId })).data;
    assert.deepEqual([info.id, info.name, info.description, info.owner, info.public, info.affiliations_count], [groupId, 'group', 'about', alice, true, 2]);

    await one.call('modifyGroup', { groupId, groupName: 'renamed', description: 'other', ext: 'e' });
    const updated = await hears(two, 'updateInfo');
    assert.deepEqual([updated.detail.name, updated.detail.description], ['renamed', 'other']);

    assert.deepEqual((await one.call('changeGroupOwner', { groupId, newOwner: bob })).data, { newowner: true });
    await hears(two, 'changeOwner');
    assert.deepEqual((await one.call('leaveGroup', { groupId })).data, { result: true });
    assert.equal((await hears(two, 'memberAbsence')).from, alice);

    await one.call('joinGroup', { groupId, message: 'again' });
    assert.equal((await hears(two, 'memberPresence')).from, alice);
    assert.equal((await two.call('destroyGroup', { groupId })).data.success, true);
    assert.equal((await hears(one, 'destroy')).id, groupId);
    await refused(605, one.call('getGroupInfo', { groupId }));
    await one.close();
    await two.close();
  });

  test(`${sdk.name} asks to be let in, and is asked to come`, stage.needs, async () => {
    const { alice, bob, one, two } = await twoOf(sdk, other);
    const groupId = await found(one, { approval: true, inviteNeedConfirm: true });

    await two.call('joinGroup', { groupId, message: 'please' });
    const asked = await hears(one, 'requestToJoin');
    assert.deepEqual([asked.id, asked.from, asked.reason], [groupId, bob, 'please']);
    await one.call('rejectGroupJoinRequest', { groupId, applicant: bob, reason: 'no' });
    assert.equal((await hears(two, 'joinPublicGroupDeclined')).id, groupId);
    await two.call('joinGroup', { groupId, message: 'please' });
    await hears(one, 'requestToJoin');
    await one.call('acceptGroupJoinRequest', { groupId, applicant: bob });
    assert.equal((await hears(two, 'acceptRequest')).id, groupId);
    await two.call('leaveGroup', { groupId });

    const invited = (await one.call('inviteUsersToGroup', { groupId, users: [bob] })).data;
    assert.deepEqual([invited[0].user, invited[0].result], [bob, true]);
    const invitation = await hears(two, 'inviteToJoin');
    assert.deepEqual([invitation.id, invitation.from, invitation.name], [groupId, alice, 'group']);
    await two.call('rejectGroupInvite', { groupId, invitee: bob });
    assert.equal((await hears(one, 'rejectInvite')).from, bob);
    await one.call('inviteUsersToGroup', { groupId, users: [bob] });
    await hears(two, 'inviteToJoin');
    await two.call('acceptGroupInvite', { groupId, invitee: bob });
    assert.equal((await hears(one, 'acceptInvite')).from, bob);

    await refused(603, two.call('modifyGroup', { groupId, groupName: 'mine' }));
    await refused(601, one.call('inviteUsersToGroup', { groupId, users: [bob] }));
    assert.equal((await one.call('removeGroupMember', { groupId, username: bob })).data.result, true);
    assert.deepEqual([(await hears(two, 'removeMember')).id], [groupId]);
    await refused(602, one.call('removeGroupMember', { groupId, username: bob }));
    await refused(602, two.call('modifyGroup', { groupId, groupName: 'mine' }));
    await one.close();
    await two.close();
  });

  test(`${sdk.name} keeps order in a group`, stage.needs, async () => {
    const { bob, one, two } = await twoOf(sdk, other);
    const groupId = await found(one, { members: [bob] });
    const speak = () => two.say({ chatType: 'groupChat', to: groupId, msg: 'words' });

    assert.deepEqual((await one.call('setGroupAdmin', { groupId, username: bob })).data, { result: 'success', newadmin: bob });
    assert.equal((await hears(two, 'setAdmin')).id, groupId);
    assert.deepEqual((await one.call('getGroupAdmin', { groupId })).data, [bob]);
    await one.call('removeGroupAdmin', { groupId, username: bob });
    await hears(two, 'removeAdmin');

    await one.call('muteGroupMember', { groupId, username: bob, muteDuration: 600_000 });
    await hears(two, 'muteMember');
    await refused(507, speak());
    assert.deepEqual((await one.call('getGroupMutelist', { groupId })).data.map((item) => item.user), [bob]);
    assert.equal((await two.call('isInGroupMutelist', { groupId })).data, true);
    await one.call('unmuteGroupMember', { groupId, username: bob });
    await hears(two, 'unmuteMember');
    await speak();

    await one.call('disableSendGroupMsg', { groupId });
    await hears(two, 'muteAllMembers');
    await refused(506, speak());
    await one.call('addUsersToGroupAllowlist', { groupId, users: [bob] });
    await hears(two, 'addUserToAllowlist');
    await speak();
    assert.deepEqual((await one.call('getGroupAllowlist', { groupId })).data, [bob]);
    assert.equal((await two.call('isInGroupAllowlist', { groupId, userName: bob })).data.white, true);
    await one.call('removeGroupAllowlistMember', { groupId, userName: bob });
    await hears(two, 'removeAllowlistMember');
    await one.call('enableSendGroupMsg', { groupId });
    await hears(two, 'unmuteAllMembers');

    await one.call('blockGroupMember', { groupId, username: bob });
    await hears(two, 'removeMember');
    await refused(602, speak());
    await refused(603, two.call('joinGroup', { groupId, message: '' }));
    assert.deepEqual((await one.call('getGroupBlocklist', { groupId })).data, [bob]);
    await one.call('unblockGroupMember', { groupId, username: bob });
    await hears(two, 'unblockMember');
    await two.call('joinGroup', { groupId, message: '' });

    await app.call('POST', `/chatgroups/${groupId}/disable`);
    await refused(608, two.call('leaveGroup', { groupId }));
    await refused(608, speak());
    await one.close();
    await two.close();
  });

  test(`${sdk.name} tells what is on the board, on the shelf and about its members`, stage.needs, async () => {
    const { alice, bob, one, two } = await twoOf(sdk, other);
    const groupId = await found(one, { members: [bob] });

    await two.call('blockGroupMessages', { groupId });
    await one.call('updateGroupAnnouncement', { groupId, announcement: 'hear' });
    assert.equal((await hears(two, 'updateAnnouncement')).id, groupId);
    assert.deepEqual((await two.call('fetchGroupAnnouncement', { groupId })).data, { announcement: 'hear' });

    await one.call('setGroupMemberAttributes', { groupId, userId: alice, memberAttributes: { mood: 'good' } });
    const told = await hears(two, 'memberAttributesUpdate');
    assert.deepEqual([told.userId, told.attributes], [alice, { mood: 'good' }]);
    assert.deepEqual((await two.call('getGroupMembersAttributes', { groupId, userIds: [alice], keys: ['mood'] })).data, { [alice]: { mood: 'good' } });
    await refused(52, two.call('setGroupMemberAttributes', { groupId, userId: alice, memberAttributes: { mood: 'bad' } }));
    await refused(50, two.call('setGroupMemberAttributes', { groupId, userId: bob, memberAttributes: { mood: 'x'.repeat(513) } }));
    await refused(609, two.call('setGroupMemberAttributes', { groupId, userId: bob, memberAttributes: { mood: { nested: 1 } } }));

    two.call('uploadGroupSharedFile', { groupId, content: 'hello' });
    await hears(one, 'uploadFile');
    const [file] = (await one.call('getGroupSharedFilelist', { groupId, pageNum: 1, pageSize: 10 })).data;
    assert.deepEqual([file.file_name, file.file_owner, file.file_size], ['notes.txt', bob, 5]);
    await one.call('deleteGroupSharedFile', { groupId, fileId: file.file_id });
    await hears(two, 'deleteFile');
    await one.close();
    await two.close();
  });

  test(`${sdk.name} reads lists of groups and members`, stage.needs, async () => {
    const { alice, bob, one, two } = await twoOf(sdk, other);
    const groupId = await found(one, { members: [bob] });

    const listed = (await one.call('getPublicGroups', { limit: 1 })).data;
    assert.deepEqual([listed[0].groupid, listed[0].groupname], [groupId, 'group']);
    const joined = (await two.call('getJoinedGroups', { pageNum: 0, pageSize: 10, needAffiliations: true, needRole: true })).entities ?? [];
    const described = joined.length > 0 ? joined : (await two.call('getJoinedGroups', { pageNum: 0, pageSize: 10, needAffiliations: true, needRole: true })).data;
    assert.equal(described[0].groupId ?? described[0].groupid, groupId);
    assert.equal((await two.call('getGroup')).data[0].groupid, groupId);
    const members = (await one.call('listGroupMembers', { groupId, pageNum: 1, pageSize: 10 })).data;
    assert.deepEqual([members[0].owner, members[1].member], [alice, bob]);

    await refused(607, found(one, { maxusers: 101 }));
    await refused(204, found(one, { members: ['nobody-at-all'] }));
    const full = await found(one, { maxusers: 1 });
    await refused(606, two.call('joinGroup', { groupId: full, message: '' }));
    await refused(605, two.call('joinGroup', { groupId: '999', message: '' }));
    if (sdk !== AGORA_131) {
      assert.equal((await one.call('getJoinedGroupsCount')).data, 2);
      assert.equal((await one.call('getGroupMembers', { groupId, limit: 1 })).data.members?.[0]?.userId ?? alice, alice);
    }
    await one.close();
    await two.close();
  });
});

test(`${EASEMOB_363.name} founds a group, and its members talk`, stage.needs, async () => {
  const { alice, bob, one, two } = await twoOf(EASEMOB_363, AGORA_140);
  const { groupid: groupId } = (
    await one.call('createGroupNew', {
      data: { groupname: 'group', desc: 'about', members: [bob], public: true, approval: false, allowinvites: false, inviteNeedConfirm: false },
    })
  ).data;
  assert.equal((await hears(two, 'directJoined')).from, alice);
  await two.say({ chatType: 'groupChat', to: groupId, msg: 'words' });
  await one.hears('onTextMessage');

  await two.call('leaveGroup', { groupId });
  const left = await one.events.until('who left', (log) => log.named('onPresence').find((entry) => entry.data.type === 'memberAbsence' || entry.data.type === 'leaveGroup'));
  assert.equal(left.data.gid, groupId);
  await one.close();
  await two.close();
});

for (const sdk of [AGORA_140, EASEMOB_4211]) {
  test(`${sdk.name} hears nothing of a group that it shields`, stage.needs, async () => {
    const { bob, one, two } = await twoOf(AGORA_140, sdk);
    const groupId = await found(one, { members: [bob] });

    await two.call('blockGroupMessage', { groupId });
    await one.say({ chatType: 'groupChat', to: groupId, msg: 'unheard' });
    await two.call('unblockGroupMessage', { groupId });
    await one.say({ chatType: 'groupChat', to: groupId, msg: 'heard' });

    assert.equal((await two.hears('onTextMessage')).msg, 'heard');
    await one.close();
    await two.close();
  });
}
