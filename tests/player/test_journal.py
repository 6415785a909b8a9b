"""The journal in a real browser: what it keeps through a closed tab, what it makes of rubbish, and what it says when it cannot keep."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import player

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Route

    from tests.parts.screens import Screens

pytestmark = pytest.mark.browser

MODULES = Path(player.__file__).parent / "browser"
HOME = "http://journal.localhost/"
ATTEMPT = "0b5e6b0e-7a52-4f3c-9a39-0c7f3f6f1a11"
OTHER = "11111111-7a52-4f3c-9a39-0c7f3f6f1a11"

# What each page of these tests knows: the journal as the shell opens it, the database as a lesson may, and how to say a word.
PAGE = """<!doctype html><meta charset="utf-8"><title>Nhật ký</title><script type="module">
import { Journal } from "/journal.js";
Object.assign(window, { Journal });
window.say = (element, value, more) =>
  ({ attempt: "ATTEMPT", session: 1, visit: 1, item: "i1", element, value, at: Date.now(), n: 0, ...more });
window.act = (transacts) => new Promise((resolve, reject) => {
  const asking = indexedDB.open("haidang");
  asking.onsuccess = () => {
    const transaction = asking.result.transaction("said", "readwrite");
    transacts(transaction.objectStore("said"));
    transaction.oncomplete = () => resolve(asking.result.close());
    transaction.onabort = () => reject(transaction.error);
  };
});
window.count = async () => {
  let found;
  await act((store) => { const asking = store.count(); asking.onsuccess = () => { found = asking.result; }; });
  return found;
};
window.words = (visits) => visits.map(({ session, visit, said }) => [session, visit, said.map((one) => [one.element, one.value])]);
document.body.append("sẵn sàng");
</script>""".replace("ATTEMPT", ATTEMPT)


def serve(context: BrowserContext) -> None:
    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(HOME)
        module = MODULES / name
        if name.endswith(".js") and module.is_file():
            route.fulfill(path=module, content_type="text/javascript")
        else:
            route.fulfill(body=PAGE, content_type="text/html")

    context.route(f"{HOME}**", answer)


def come(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(HOME)
    page.get_by_text("sẵn sàng").wait_for()
    return page


@pytest.fixture
def context(screen: Screens) -> BrowserContext:
    first = screen.open()
    serve(first.context)
    return first.context


def left(context: BrowserContext) -> Any:
    """Read what another page, or the same after a restart, finds."""
    page = come(context)
    found = page.evaluate(f"async () => words(await (await Journal.open()).waiting('{ATTEMPT}'))")
    page.close()
    return found


def test_what_was_said_is_there_after_the_page_is_gone(context: BrowserContext) -> None:
    page = come(context)
    page.evaluate("""async () => {
      const journal = await Journal.open();
      journal.put(say("a", "1", { session: 2 }));
      journal.put(say("b", "2"));
      journal.put(say("", "ended"));
      journal.put(say("a", "điểm: 9", { visit: 2 }));
      await journal.settled();
    }""")
    page.close()
    assert left(context) == [[1, 1, [["b", "2"], ["", "ended"]]], [1, 2, [["a", "điểm: 9"]]], [2, 1, [["a", "1"]]]]


# The word is said when the page goes, and nothing waits for it: the browser ends the page in the middle.
LAST_WORD = """async () => {
  const journal = await Journal.open();
  addEventListener("pagehide", () => journal.put(say("a", "cuối cùng")));
}"""


@pytest.mark.in_a_window  # a window ends a page in its own way
def test_a_word_that_is_said_when_the_page_goes_is_kept(context: BrowserContext) -> None:
    for _ in range(5):
        page = come(context)
        page.evaluate(LAST_WORD)
        with page.expect_event("close"):  # closing that asks the page first returns before the page is gone
            page.close(run_before_unload=True)
        assert left(context) == [[1, 1, [["a", "cuối cùng"]]]]
        page = come(context)
        page.evaluate("() => act((store) => store.clear())")
        page.close()


def test_what_has_its_receipt_is_forgotten(context: BrowserContext) -> None:
    page = come(context)
    page.evaluate("""async () => {
      const journal = await Journal.open();
      const said = say("a", "1");
      journal.put(said);
      await journal.settled();
      journal.drop(said);
      await journal.settled();
    }""")
    assert left(context) == []


def test_a_receipt_does_not_forget_what_was_said_anew(context: BrowserContext) -> None:
    page = come(context)
    page.evaluate(f"""async () => {{
      const journal = await Journal.open();
      for (const element of ["a", "b"]) journal.put(say(element, "1"));
      const [{{ said }}] = await journal.waiting("{ATTEMPT}");
      journal.put(say("a", "2"));
      await journal.settled();
      await journal.forget(said);
    }}""")
    assert left(context) == [[1, 1, [["a", "2"]]]]


def test_a_thousand_words_of_one_task_are_written_at_once(context: BrowserContext) -> None:
    transactions = come(context).evaluate("""async () => {
      const journal = await Journal.open();
      let transactions = 0;
      const { transaction } = IDBDatabase.prototype;
      IDBDatabase.prototype.transaction = function (...words) { transactions += 1; return transaction.apply(this, words); };
      for (let word = 0; word < 1000; word += 1) journal.put(say(`cmi.interactions.${word}.id`, "câu"));
      await journal.settled();
      return transactions;
    }""")
    assert transactions == 1


def test_several_megabytes_do_not_stop_the_lesson(context: BrowserContext) -> None:
    longest = come(context).evaluate("""async () => {
      const journal = await Journal.open();
      const text = "ế".repeat(64_000);
      let longest = 0;
      for (let page = 0; page < 50; page += 1) {
        const begun = performance.now();
        for (const item of ["a", "b", "c"]) journal.put(say("cmi.suspend_data", text + page, { item, visit: 1 + page % 3 }));
        longest = Math.max(longest, performance.now() - begun);
        await new Promise((resolve) => setTimeout(resolve));
      }
      await journal.settled();
      return longest;
    }""")
    assert longest < 100


def test_the_attempts_on_this_device_are_listed_once_each(context: BrowserContext) -> None:
    found = come(context).evaluate(f"""async () => {{
      const journal = await Journal.open();
      for (const element of ["a", "b"]) for (const session of [1, 2]) {{
        journal.put(say(element, "1", {{ session }}));
        journal.put(say(element, "1", {{ session, attempt: "{OTHER}" }}));
      }}
      await journal.settled();
      return journal.attempts();
    }}""")
    assert found == [ATTEMPT, OTHER]


def test_what_is_set_aside_is_kept_for_a_month_and_not_sent(context: BrowserContext) -> None:
    page = come(context)
    page.evaluate(f"""async () => {{
      const journal = await Journal.open();
      journal.put(say("a", "1"));
      const [{{ said }}] = await journal.waiting("{ATTEMPT}");
      await journal.setAside(said);
    }}""")
    assert left(context) == []
    assert page.evaluate("() => count()") == 1
    page.evaluate("() => act((store) => store.put({ ...say('a', '1'), aside: Date.now() - 31 * 24 * 3600 * 1000 }))")
    assert left(context) == []
    assert page.evaluate("() => count()") == 0


FORGED = {
    "a value that is no text": "{ value: { toString: null } }",
    "a value without end": "{ value: 'x'.repeat(1_000_001) }",
    "no value": "{ value: undefined }",
    "a session that is no number": "{ session: 'một' }",
    "a session below one": "{ session: 0 }",
    "a number above all numbers": "{ n: 2 ** 40 }",
    "an attempt that is none": "{ attempt: '../commit' }",
    "an item that is a list": "{ item: ['i1'] }",
    "a time that is none": "{ at: NaN }",
    "a time in which it was set aside that is none": "{ aside: 'ngày mai' }",
}


@pytest.mark.parametrize("forged", FORGED)
def test_rubbish_that_a_lesson_has_left_is_thrown_away(context: BrowserContext, forged: str) -> None:
    page = come(context)
    page.evaluate("async () => { await Journal.open(); }")
    page.evaluate(
        f"() => act((store) => {{ store.put(say('a', 'thật')); store.put({{ ...say('b', 'giả'), ...{FORGED[forged]} }}); }})"
    )
    page.evaluate("() => { window.attempts = async () => (await Journal.open()).attempts(); }")
    assert page.evaluate("() => attempts()") == [ATTEMPT]
    assert left(context) == [[1, 1, [["a", "thật"]]]]


def test_a_database_of_another_shape_is_made_anew(context: BrowserContext) -> None:
    spoil = """(version) => new Promise((resolve) => {
      const asking = indexedDB.open("haidang", version);
      asking.onupgradeneeded = () => asking.result.createObjectStore("khác");
      asking.onsuccess = () => resolve(asking.result.close());
    })"""
    keep = "async () => { const journal = await Journal.open(); journal.put(say('a', '1')); return journal.settled(); }"
    for version in (1, 7):
        page = come(context)
        page.evaluate("() => new Promise((done) => { indexedDB.deleteDatabase('haidang').onsuccess = () => done(); })")
        page.evaluate(spoil, version)
        assert page.evaluate(keep) is True
        page.close()
        assert left(context) == [[1, 1, [["a", "1"]]]]


def test_a_database_that_a_lesson_does_not_let_go_of_is_not_waited_for(context: BrowserContext) -> None:
    found = come(context).evaluate("""async () => {
      await new Promise((resolve) => {
        const asking = indexedDB.open("haidang", 7);
        asking.onsuccess = () => { window.held = asking.result; resolve(); };
      });
      const journal = await Journal.open({ patience: 200 });
      journal.put(say("a", "1"));
      return [journal.durable, await journal.settled()];
    }""")
    assert found == [False, False]


def test_storage_that_is_denied_is_said(context: BrowserContext) -> None:
    page = come(context)
    page.evaluate("""async () => {
      const module = await (await fetch("/journal.js")).text();
      const frame = document.createElement("iframe");
      frame.sandbox = "allow-scripts"; // an origin of its own, which has no storage
      frame.srcdoc = `<script type="module">${module} parent.postMessage((await Journal.open()).durable, "*");<\\/script>`;
      window.told = new Promise((resolve) => addEventListener("message", ({ data }) => resolve(data)));
      document.body.append(frame);
    }""")
    assert page.evaluate("() => told") is False


def test_a_full_disk_is_said_and_left_behind_when_there_is_room_again(context: BrowserContext) -> None:
    page = come(context)
    limits = context.new_cdp_session(page)
    page.evaluate("async () => { window.journal = await Journal.open(); }")
    limits.send("Storage.overrideQuotaForOrigin", {"origin": HOME.rstrip("/"), "quotaSize": 1})
    assert page.evaluate("() => { journal.put(say('a', 'x'.repeat(900_000))); return journal.settled(); }") is False
    limits.send("Storage.overrideQuotaForOrigin", {"origin": HOME.rstrip("/")})
    assert page.evaluate("() => { journal.put(say('b', '2')); return journal.settled(); }") is True
    assert [[name for name, _ in said] for _, _, said in left(context)] == [["a", "b"]]
