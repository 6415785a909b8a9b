// Uses the record as the library @xapi/xapi does, and prints what it saw: node xapi.js ENDPOINT KEY SECRET ADAPTER
import { randomUUID } from "node:crypto";
import XAPI from "@xapi/xapi";

const [endpoint, key, secret, adapter] = process.argv.slice(2);
const auth = XAPI.toBasicAuth(key, secret);
const record = new XAPI({ endpoint, auth, adapter });

const actor = { objectType: "Agent", name: "Học viên", account: { homePage: "https://example.org", name: "hv-1" } };
const activity = "https://example.org/activities/m%E1%BA%ADt-kh%E1%BA%A9u";
const statement = (verb) => ({
  id: randomUUID(),
  actor,
  verb,
  object: { objectType: "Activity", id: activity, definition: { name: { vi: "Mật khẩu mạnh" } } },
});

// One, a batch, and one of them taken back
const one = statement(XAPI.Verbs.COMPLETED);
const batch = [1, 2, 3, 4, 5].map(() => statement(XAPI.Verbs.ANSWERED));
const sent = (await record.sendStatement({ statement: one })).data;
const sentBatch = (await record.sendStatements({ statements: batch })).data;
const again = (await record.sendStatement({ statement: one })).data;
const byId = (await record.getStatement({ statementId: one.id })).data;

const pages = [(await record.getStatements({ verb: XAPI.Verbs.ANSWERED.id, agent: actor, limit: 2 })).data];
while (pages.at(-1).more) {
  pages.push((await record.getMoreStatements({ more: pages.at(-1).more })).data);
}

const voiding = (await record.voidStatement({ actor, statementId: batch[0].id })).data;
const gone = await record.getStatement({ statementId: batch[0].id }).then(
  () => false,
  () => true,
);
const voided = (await record.getVoidedStatement({ voidedStatementId: batch[0].id })).data;

// A state that two tabs write
const place = { agent: actor, activityId: activity, stateId: "bookmark" };
await record.setState({ ...place, state: { page: 1, note: "ghi chú" }, etag: "*", matchHeader: "If-None-Match" });
const first = await record.getState(place);
const etag = first.headers.etag;
await record.setState({ ...place, state: { page: 2 }, etag, matchHeader: "If-Match" });
const late = await record.setState({ ...place, state: { page: 3 }, etag, matchHeader: "If-Match" }).then(
  () => false,
  () => true,
);
await record.createState({ ...place, state: { score: 7 } });
const merged = await record.getState(place);
const kept = { ...place, stateId: "kept" };
await record.setState({ ...kept, state: { page: 9 } });
await record.deleteState({ ...place, etag: merged.headers.etag });
const left = (await record.getStates({ agent: actor, activityId: activity })).data;

console.log(
  JSON.stringify({
    about: (await record.getAbout()).data,
    one,
    batch,
    sent,
    sentBatch,
    again,
    byId,
    pages: pages.map((page) => page.statements.map((each) => each.id)),
    voiding,
    gone,
    voided,
    first: first.data,
    late,
    merged: merged.data,
    left,
  }),
);
