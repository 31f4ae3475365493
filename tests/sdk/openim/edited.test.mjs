import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { until } from '../harness/deadline.mjs';
import { ALL_PAIRS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

const AGORA = {
  orgName: 'org', appName: 'demo', clientId: 'client', clientSecret: randomBytes(16).toString('hex'),
  appId: randomBytes(16).toString('hex'), appCertificate: randomBytes(16).toString('hex'),
};

const stage = useStage({ casts: 2, sections: { agora: AGORA } });

/** A call of the other dialect's API. */
async function call(method, path, body, token) {
  const reply = await fetch(`${stage.server.url}/agora/org/demo${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(15_000),
  });
  const answer = await reply.json();
  assert.equal(reply.status, 200, JSON.stringify(answer));
  return answer;
}

for (const [from, to] of ALL_PAIRS) {
  test(`what ${from.name} said to ${to.name} is edited in another dialect`, stage.needs(from, to), async () => {
    const [alice, bob] = [stage.casts[0].get(from), stage.casts[1].get(to)];
    const [aliceBefore, bobBefore] = [alice.events.end, bob.events.end];
    const conversation = alice.conversationWith(bob.userId);
    const words = `helo ${from.name} ${to.name}`;
    const message = await alice.sendText({ user: bob.userId }, words);
    await bob.nextText(words, { since: bobBefore });
    await until('alice knows its number', async () => (await alice.history(conversation)).find((one) => one.clientMsgID === message.clientMsgID)?.seq > 0);

    const { access_token: token } = await call('POST', '/token', { grant_type: 'client_credentials', client_id: AGORA.clientId, client_secret: AGORA.clientSecret });
    const history = await call('POST', `/users/${bob.userId}/messageroaming`, { queue: `${alice.userId}@easemob.com`, start: -1, pull_number: 1, is_positive: false }, token);
    await call('PUT', `/messages/rewrite/${history.data.msgs[0].msg_id}`, { new_msg: { type: 'txt', msg: `hello ${words}` } }, token);

    await bob.nextText(`hello ${words}`, { since: bobBefore });
    for (const [client, since] of [[bob, bobBefore], [alice, aliceBefore]]) {
      await client.events.next('OnNewRecvMessageRevoked', (revoked) => revoked.clientMsgID === message.clientMsgID, { since });
      if (client.sdk.runsIn === 'node') continue; // it shows what is new in its events, and keeps in its history what it had
      await until('the new words are in the history', async () => (await client.history(conversation)).some((one) => one.textElem?.content === `hello ${words}`));
    }
  });
}
