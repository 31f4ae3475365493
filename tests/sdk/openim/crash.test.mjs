import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import test from 'node:test';
import { until } from '../harness/deadline.mjs';
import { groupConversationId } from './driver/client.mjs';
import { assertAcknowledged, assertDense, settledHistory } from './driver/expectations.mjs';
import { ALL_SDKS, JS } from './driver/sdks.mjs';
import { useStage } from './driver/stage.mjs';

/** What everybody has said, at least, when the server dies, and says after it. */
const BEFORE = 20;
const AFTER = 20;

/** A wasm SDK notices, connects and tries again at once, the JS SDK waits five seconds between its attempts. */
const RECOVERS_WITHIN_MS = 40_000;

/** How far a writer may be ahead of the slowest: the JS SDK sends fifty times as fast as a wasm SDK can show. */
const LEAD = 5;

const stage = useStage();

/**
 * An app that insists: it sends one message after the other, in turn to a friend and to the group, and sends again what
 * was not acknowledged: the same message, so with the same client id. So everybody has one message on the way when the
 * server dies, and it is known what must be there afterwards, in which order.
 */
class Writer {
  /** @type {{ to: import('./driver/client.mjs').Target, id: string }[]} */ acknowledged = [];
  #enough = Infinity;

  constructor(company, client, friend, groupID) {
    this.company = company;
    this.client = client;
    this.targets = [{ user: friend.userId }, { group: groupID }];
  }

  get isDone() {
    return this.acknowledged.length >= this.#enough;
  }

  /** From now on it says so much more. */
  endAfter(count) {
    this.#enough = this.acknowledged.length + count;
  }

  async run() {
    while (!this.isDone) {
      const index = this.acknowledged.length;
      await this.company.isCloseTo(index);
      const to = this.targets[index % 2];
      const message = await this.client.call('createTextMessage', `${index} from ${this.client.userId}`);
      const sent = await this.#insist(to, message);
      assertAcknowledged(sent);
      assert.equal(sent.clientMsgID, message.clientMsgID);
      this.acknowledged.push({ to, id: sent.clientMsgID });
      this.company.emit('progress');
    }
  }

  /** The ids of what it said there. */
  said(kind) {
    return this.acknowledged.filter(({ to }) => kind in to).map(({ id }) => id);
  }

  async #insist(to, message) {
    const end = Date.now() + RECOVERS_WITHIN_MS;
    for (;;) {
      const settled = new AbortController();
      try {
        const lost = this.#lostInReconnecting(settled.signal);
        return await Promise.race([this.client.send(to, message, { within: RECOVERS_WITHIN_MS }), lost]);
      } catch (error) {
        if (Date.now() > end) throw error;
        await this.#recover();
      } finally {
        settled.abort();
      }
    }
  }

  /** Rejects when a send that has not settled by then never will. */
  async #lostInReconnecting(signal) {
    if (!this.client.sdk.forgetsSendsInFlight) return new Promise(() => {});
    const { events } = this.client;
    await events.next('OnSyncServerStart', undefined, { since: events.end, within: RECOVERS_WITHIN_MS, signal });
    throw new Error('the connection broke while the message was on its way');
  }

  async #recover() {
    await until('the server is back', () => stage.server.isHealthy(), { within: RECOVERS_WITHIN_MS });
    if (!this.client.sdk.forgetsSendsInFlight) return;
    await this.client.close();
    await this.client.open();
    await this.client.login();
  }
}

/** Keeps the writers together. */
class Company extends EventEmitter {
  /** @type {Writer[]} */ writers = [];

  async isCloseTo(index) {
    while (this.writers.some((writer) => !writer.isDone && writer.acknowledged.length + LEAD < index)) {
      await once(this, 'progress');
    }
  }

  async hasSaid(count) {
    while (this.writers.some((writer) => writer.acknowledged.length < count)) await once(this, 'progress');
  }
}

for (const sdks of [ALL_SDKS, [JS, JS]]) {
  const names = sdks.map((sdk) => sdk.name).join(', ');
  test(`a server is killed amid messages of ${names}: what it acknowledged is there once`, stage.needs(...sdks), async () => {
    const clients = await stage.clients(...sdks);
    const { groupID } = await clients[0].createGroup('survivors', clients.slice(1).map((client) => client.userId));
    for (const client of clients) {
      await client.events.next('OnJoinedGroupAdded', (group) => group.groupID === groupID);
    }
    const friendOf = (index) => clients[(index + 1) % clients.length];
    const company = new Company();
    const writers = clients.map((client, index) => new Writer(company, client, friendOf(index), groupID));
    company.writers = writers;

    const writing = Promise.all(writers.map((writer) => writer.run()));
    await Promise.race([writing, company.hasSaid(BEFORE)]);
    await stage.server.kill();
    writers.forEach((writer) => writer.endAfter(AFTER));
    await stage.server.start();
    await writing;

    for (const [index, writer] of writers.entries()) {
      const [author, friend] = [clients[index], friendOf(index)];
      const said = writers.filter(({ client }) => client === author || client === friend && friendOf(clients.indexOf(friend)) === author);
      const history = await settledHistory(
        author, friend, author.conversationWith(friend.userId), said.flatMap((each) => each.said('user')));
      assertDense(history);
      assert.deepEqual(idsOf(author, history), writer.said('user'), `${author.events.owner} to ${friend.events.owner}`);
    }
    for (const client of clients.slice(1)) {
      const history = await settledHistory(
        clients[0], client, groupConversationId(groupID), writers.flatMap((each) => each.said('group')));
      assertDense(history);
      for (const writer of writers) assert.deepEqual(idsOf(writer.client, history), writer.said('group'));
    }
    for (const client of clients) {
      const shown = client.received().map((message) => message.clientMsgID);
      assert.equal(new Set(shown).size, shown.length, `something was shown twice\n${client.events.describe()}`);
    }
  });
}

function idsOf(author, history) {
  return history
    .filter((message) => message.sendID === author.userId && message.textElem)
    .map((message) => message.clientMsgID);
}
