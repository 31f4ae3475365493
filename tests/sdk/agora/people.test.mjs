import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { ALL_SDKS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const stage = useStage();
let app;
before(async () => {
  app = await stage.app({ limits: { contacts: 2 } });
});

async function loggedIn(sdk, user, options) {
  const client = await stage.client(sdk, app, options);
  await client.open({ user, accessToken: await app.userToken(user) });
  return client;
}

async function refused(client, method, ...args) {
  try {
    await client.call(method, ...args);
  } catch (error) {
    return error.type;
  }
  return 'done';
}

const NEW_SDKS = ALL_SDKS.filter((sdk) => !sdk.isOld);
const OLD_SDKS = ALL_SDKS.filter((sdk) => sdk.isOld);

NEW_SDKS.forEach((sdk, i) => {
  const other = NEW_SDKS[(i + 1) % NEW_SDKS.length];

  test(`${sdk.name} and ${other.name} become contacts and part`, stage.needs, async () => {
    const [alice, bob, carol] = [await stage.user(app), await stage.user(app, 'bob'), await stage.user(app, 'carol')];
    const one = await loggedIn(sdk, alice);
    await one.call('addContact', bob, 'hi');
    await one.call('addContact', carol, 'hi');

    const two = await loggedIn(other, bob);
    const invited = await two.hears('onContactInvited');
    assert.deepEqual([invited.from, invited.to, invited.status], [alice, bob, 'hi']);
    await two.call('acceptContactInvite', alice);
    assert.equal((await one.hears('onContactAgreed')).from, bob);
    assert.equal((await two.hears('onContactAdded')).from, alice);
    assert.deepEqual((await one.call('getContacts')).data, [bob]);

    await one.call('setContactRemark', { userId: bob, remark: 'Bobby' });
    const remarked = [{ userId: bob, remark: 'Bobby' }];
    assert.deepEqual((await one.call('getAllContacts')).data, remarked);
    assert.deepEqual((await one.call('getContactsWithCursor', { pageSize: 10, cursor: '' })).data.contacts, remarked);
    assert.equal(await refused(one, 'setContactRemark', { userId: carol, remark: 'x' }), 221);
    assert.equal(await refused(one, 'setContactRemark', { userId: bob, remark: 'x'.repeat(101) }), 50);
    assert.equal(await refused(one, 'addContact', 'nobody', 'hi'), 204);

    await one.call('deleteContact', bob);
    assert.equal((await two.hears('onContactDeleted')).from, alice);
    await one.close();
    await two.close();
  });

  test(`${sdk.name} declines, blocks and is told when lists are full`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice);
    const two = await loggedIn(other, bob);
    await one.call('addContact', bob, 'hi');
    await two.hears('onContactInvited');
    await two.call('declineContactInvite', alice);
    assert.equal((await one.hears('onContactRefuse')).from, bob);

    await two.call('addUsersToBlocklist', { name: [alice] });
    assert.deepEqual((await two.call('getBlocklist')).data, [alice]);
    assert.equal(await refused(one, 'addContact', bob, 'hi'), 603);
    await two.call('removeUserFromBlocklist', { name: [alice] });
    assert.deepEqual((await two.call('getBlocklist')).data, []);

    for (const stem of ['x', 'y']) await app.call('POST', `/users/${alice}/contacts/users/${await stage.user(app, stem)}`);
    assert.equal(await refused(one, 'addContact', bob, 'hi'), 50);
    await one.close();
    await two.close();
  });
});

OLD_SDKS.forEach((sdk) => {
  test(`${sdk.name} manages contacts over its connection`, stage.needs, async () => {
    const [alice, bob] = [await stage.user(app), await stage.user(app, 'bob')];
    const one = await loggedIn(sdk, alice);
    const two = await loggedIn(NEW_SDKS[0], bob);
    await one.call('subscribe', { to: bob, message: 'hi' });
    assert.equal((await two.hears('onContactInvited')).from, alice);
    await two.call('acceptContactInvite', alice);
    assert.equal((await one.hears('onContactAgreed')).from, bob);
    await one.call('removeRoster', { to: bob });
    assert.equal((await two.hears('onContactDeleted')).from, alice);
    await one.close();
    await two.close();
  });
});
