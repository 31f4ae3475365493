import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from '../harness/deadline.mjs';
import { assertAcknowledged } from './driver/expectations.mjs';
import { startHoldingProxy } from './driver/holding-proxy.mjs';
import { bytesOf } from './driver/page/test-file.mjs';
import { ALL_PAIRS, ALL_SDKS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const MEGABYTE = 1024 * 1024;
const EXPIRED = 1701;
const SDK_INTERNAL = 10006;

const stage = useStage({ casts: 2, apps: { brief: { object: { uploadExpireSeconds: 3 } } } });
let seeds = 0;

const aFile = (size, name) => ({ name, type: 'image/png', size, seed: ++seeds });

async function assertServed(url, file) {
  const reply = await fetch(url);
  assert.equal(reply.status, 200);
  assert.equal(reply.headers.get('content-type'), 'image/png');
  assert.ok(Buffer.from(bytesOf(file)).equals(Buffer.from(await reply.arrayBuffer())), 'the bytes differ');
}

for (const sdk of ALL_SDKS) {
  test(`${sdk.name} uploads files`, stage.needs(sdk), async (t) => {
    const [alice, bob] = stage.casts.map((cast) => cast.get(sdk));
    const large = aFile(11 * MEGABYTE, 'large.png');

    for (const [what, file] of [['one part', aFile(200_000, 'small.png')], ['three parts', large]]) {
      await t.test(`of ${what}`, async () => {
        const url = await alice.uploadFile(file);

        assert.equal(url, `${alice.apiAddr}/object/${alice.userId}/${file.name}`);
        await assertServed(url, file);
      });
    }

    await t.test('that are there already, under another name', async () => {
      const url = await bob.uploadFile({ ...large, name: 'again.png' });

      assert.equal(url, `${bob.apiAddr}/object/${bob.userId}/again.png`);
      await assertServed(url, large);
    });
  });

  test(`${sdk.name} says that an upload has expired`, stage.needs(sdk), async () => {
    let expireTime = Infinity;
    const proxy = await startHoldingProxy(stage.server.url, {
      holds: (url) => url.endsWith('/object/complete_multipart_upload'),
      release: () => until('the upload expires', () => Date.now() > expireTime),
      sees: (url, body) => {
        if (url.endsWith('/object/initiate_multipart_upload')) expireTime = JSON.parse(body).data.upload.expireTime;
      },
    });
    try {
      const alice = await stage.client(sdk, { admin: stage.admins.brief, apiAddr: `${proxy.url}/openim/brief` });
      await alice.login();

      await assert.rejects(alice.uploadFile(aFile(100_000, 'late.png')), { errCode: sdk.hidesHttpCodes ? SDK_INTERNAL : EXPIRED });
    } finally {
      proxy.close();
    }
  });
}

for (const [from, to] of ALL_PAIRS) {
  test(`${from.name} sends ${to.name} a picture from its own disk`, stage.needs(from, to), async () => {
    const [alice, bob] = [stage.casts[0].get(from), stage.casts[1].get(to)];
    const before = bob.events.end;
    const file = aFile(300_000, `holiday${seeds}.png`);

    const sent = await alice.sendImage({ user: bob.userId }, file);

    assertAcknowledged(sent);
    const seen = await bob.nextMessage('the picture', (message) => message.clientMsgID === sent.clientMsgID, { since: before });
    await assertServed(seen.pictureElem.sourcePicture.url, file);
    await assertServed(seen.pictureElem.snapshotPicture.url, file);
  });
}
