import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { until } from '../harness/deadline.mjs';
import { AGORA_131, AGORA_140, ALL_SDKS, EASEMOB_363, EASEMOB_4211 } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const stage = useStage();
let app;
before(async () => {
  app = await stage.app();
});

async function online(sdk, where = app, { user, ...options } = {}) {
  user ??= await stage.user(where);
  const client = await stage.client(sdk, where, options);
  await client.open({ user, accessToken: await where.userToken(user) });
  return { client, user };
}

const kicked = (client, type) => client.events.next('onError', (error) => error.type === type);
const disconnected = (client) => client.events.until('it is disconnected', (log) => log.named(['onDisconnected', 'onClosed']).length > 0);

for (const sdk of ALL_SDKS) {
  test(`${sdk.name}: whom the app disconnects is told 217`, stage.needs, async () => {
    const { client, user } = await online(sdk);

    assert.deepEqual((await app.call('GET', `/users/${user}/disconnect`)).data, { result: true });

    await kicked(client, 217);
    await disconnected(client);
    await until('the user is offline', async () => (await app.call('GET', `/users/${user}/status`)).data[user] === 'offline');
    assert.deepEqual((await app.call('GET', `/users/${user}/disconnect`)).data, { result: false });
    await client.close();
  });

  test(`${sdk.name}: a new password is 216`, stage.needs, async () => {
    const { client, user } = await online(sdk);

    assert.equal((await app.call('PUT', `/users/${user}/password`, { newpassword: 'another' })).action, 'set user password');

    await kicked(client, 216);
    await client.close();
  });

  test(`${sdk.name}: another device is 206 where there may be one only`, stage.needs, async () => {
    const single = await stage.app({ singleDevice: true });
    const { client: first, user } = await online(sdk, single, sdk.isOld ? {} : { deviceId: 'one' });
    const { client: second } = await online(AGORA_140, single, { user, deviceId: 'two' });

    await kicked(first, 206);
    await disconnected(first);
    assert.equal(second.events.named('onError').length, 0);
    await first.close();
    await second.close();
  });
}

test('the fifth device pushes out the first, and says what it has to say', stage.needs, async () => {
  const { client: first, user } = await online(AGORA_140, app, { deviceId: 'd1' });
  const others = [];
  for (const deviceId of ['d2', 'd3', 'd4']) others.push((await online(EASEMOB_4211, app, { user, deviceId })).client);
  const fifth = await stage.client(AGORA_140, app, { deviceId: 'd5' });
  await fifth.call('setLoginInfoCustomExt', 'it is me').catch(() => {});
  await fifth.open({ user, accessToken: await app.userToken(user) });

  await kicked(first, 206);
  const devices = (await app.call('GET', `/users/${user}/resources`)).data.map((device) => device.res).sort();
  assert.deepEqual(devices, ['webim_web_d2', 'webim_web_d3', 'webim_web_d4', 'webim_web_d5']);
  assert.ok(others.every((client) => client.events.named('onError').length === 0));
  for (const client of [first, ...others, fifth]) await client.close();
});

test('one device is disconnected by its name', stage.needs, async () => {
  const { client: first, user } = await online(AGORA_140, app, { deviceId: 'x1' });
  const { client: second } = await online(AGORA_131, app, { user, deviceId: 'x2' });
  const others = async () => (await second.call('getSelfIdsOnOtherPlatform')).data;
  assert.equal((await others()).length, 1);

  await app.call('DELETE', `/users/${user}/disconnect/webim_web_x1`);

  await kicked(first, 217);
  await disconnected(first);
  assert.equal(second.events.named('onError').length, 0);
  await until('she knows no other device', async () => (await others()).length === 0);
  await first.close();
  await second.close();
});

test('a client comes back by itself when its connection breaks', stage.needs, async () => {
  const own = await stage.app();
  const { client, user } = await online(AGORA_140, own, { autoReconnectNumMax: 20 });

  await own.server.kill();
  await client.events.next('onReconnecting');
  await own.server.start();

  await until('the user is online again', async () => (await own.call('GET', `/users/${user}/status`)).data[user] === 'online', { within: 30_000 });
  assert.equal(client.events.named('onError').filter((entry) => entry.data?.type !== 16 && entry.data?.type !== 40).length, 0);
  await client.close();
});

test('a token that ends is announced, ends the connection, and can be renewed before', stage.needs, async () => {
  const user = await stage.user(app);
  const [short, renewed] = [await stage.client(AGORA_140, app, { deviceId: 's' }), await stage.client(AGORA_140, app, { deviceId: 'r' })];
  await short.open({ user, accessToken: await app.userToken(user, 5) });
  const other = await stage.user(app);
  await renewed.open({ user: other, accessToken: await app.userToken(other, 5) });
  await renewed.call('renewToken', await app.userToken(other, 3600));

  await short.events.next('onTokenWillExpire');
  await short.events.next('onTokenExpired');
  await disconnected(short);
  await until('the server has let it go', async () => (await app.call('GET', `/users/${user}/status`)).data[user] === 'offline');
  assert.deepEqual((await app.call('GET', `/users/${other}/status`)).data, { [other]: 'online' });
  await short.close();
  await renewed.close();
});

test('a user registers himself where the app is open', stage.needs, async () => {
  const open = await stage.app({ openRegistration: true });
  const client = await stage.client(AGORA_140, open);
  await client.call('registerUser', { username: 'Newcomer', password: 'secret', nickname: 'New' });
  await client.open({ user: 'newcomer', pwd: 'secret' });
  const closed = await stage.client(AGORA_140, app);

  await assert.rejects(client.call('registerUser', { username: 'newcomer', password: 'secret' }), (error) => error.type === 17);
  await assert.rejects(closed.call('registerUser', { username: 'x', password: 'secret' }), (error) => error.type === 17);
  await client.close();
  await closed.close();
});

for (const sdk of [EASEMOB_4211, EASEMOB_363]) {
  test(`${sdk.name} says goodbye`, stage.needs, async () => {
    const { client, user } = await online(sdk);

    await client.call('close');

    await until('the user is offline', async () => (await app.call('GET', `/users/${user}/status`)).data[user] === 'offline');
    await client.close();
  });
}
