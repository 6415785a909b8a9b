"""Where our runtime and scorm-again differ, and why it stays so: each difference by name, with the section of the book.

A difference is a line such as `LMSSetValue cmi.core.exit 'normal' | 'false' 405 | 'true' 0`: the call with the element's name in the table,
what we answer and our error, what they answer and theirs.
"""

from __future__ import annotations

import re

OLD = {
    "preferences have initial values (RTE 1.2, 3.4.4, cmi.student_preference)":
        r"LMSGetValue cmi\.student_preference\.(audio|speed|text) '' \| '0' 0 \| '' 0",
    "a score has none (RTE 1.2, 3.4.4, cmi.core.score.max)":
        r"LMSGetValue cmi\.(core|objectives\.n)\.score\.max '' \| '' 0 \| '100' 0",
    "an objective that is there was not attempted (RTE 1.2, 3.4.4, cmi.objectives.n.status)":
        r"LMSGetValue cmi\.objectives\.n\.status '' \| 'not attempted' 0 \| '' 0",
    "no time at all is written with four digits: both are time spans (RTE 1.2, 3.4.1, CMITimespan)":
        r"LMSGetValue cmi\.core\.total_time '' \| '0000:00:00.00' 0 \| '00:00:00' 0",
    "a category is no element (RTE 1.2, 3.4.3)":
        r"LMSGetValue cmi '' \| '' 401 \| '\[object Object\]' 0",
    "children have no order (RTE 1.2, 3.3.2.2)":
        r"LMSGetValue cmi\.(core|objectives\.n)\.score\._children '' \| 'raw,max,min' 0 \| 'raw,min,max' 0",
    "no name is the name of no element (RTE 1.2, 3.3.3)":
        r"LMS[GS]etValue  '.*' \| '(false)?' 401 \| '(false)?' \d+",
    "what is no element is none in an entry either (RTE 1.2, 3.3.3)":
        r"LMS[GS]etValue cmi\.objectives\.(-1\.id|n\.nothing) '.*' \| '(false)?' 401 \| '(false)?' 201",
    "keywords speak of the element, not of an entry (RTE 1.2, 3.4.3)":
        r"LMSGetValue cmi\.objectives\.n\.score\._(children|count) '' \| '(raw,max,min|)' (0|203) \| '' 201",
    "an entry that is not there is not read (RTE 1.2, 3.4.2)":
        r"LMSGetValue cmi\.objectives\.n\.\S+ '' \| '' 201 \| '(|100|not attempted)' 0",
    "the entries of a list follow one another (RTE 1.2, 3.4.2)":
        r"LMSSetValue cmi\.(objectives|interactions)\.n\.\S+ '.*' \| 'false' 201 \| '(true|false)' (0|405)",
    "an identifier has no space (RTE 1.2, 3.4.1, CMIIdentifier)":
        r"LMSSetValue cmi\.\S+\.id '.* .*' \| 'false' 405 \| 'true' 0",
    "an identifier may be empty while a tool has none (RTE 1.2, 3.4.1, CMIIdentifier)":
        r"LMSSetValue cmi\.\S+\.id '' \| 'true' 0 \| 'false' 405",
    "hours have two to four digits, hundredths two (RTE 1.2, 3.4.1, CMITimespan)":
        r"LMSSetValue cmi\.(core\.session_time|interactions\.n\.latency) '[\d:.]+' \| 'false' 405 \| 'true' 0",
    "an exit is one of four words (RTE 1.2, 3.4.4, cmi.core.exit)":
        r"LMSSetValue cmi\.core\.exit 'normal' \| 'false' 405 \| 'true' 0",
    "a result is one of four words or a number (RTE 1.2, 3.4.4, cmi.interactions.n.result)":
        r"LMSSetValue cmi\.interactions\.n\.result '(incorrect|\.|-|)' \| 'false' 405 \| 'true' 0",
    "a number may be negative and have many digits (RTE 1.2, 3.4.1, CMIDecimal)":
        r"LMSSetValue cmi\.interactions\.n\.(result|weighting) '-?[\d.]+' \| 'true' 0 \| 'false' 405",
    "an integer may have its sign (RTE 1.2, 3.4.1, CMISInteger)":
        r"LMSSetValue cmi\.student_preference\.\w+ '\+\d+' \| 'true' 0 \| 'false' 405",
    "not attempted is a word of the list (RTE 1.2, 3.4.4, cmi.core.lesson_status)":
        r"LMSSetValue cmi\.core\.lesson_status 'not attempted' \| 'true' 0 \| 'false' 405",
    "the words of errors are free, and an unknown code has none (RTE 1.2, 3.3.2.7)":
        r"LMSGetErrorString \S+ '' \| '(No error|Incorrect data type|)' \d+ \| '(No Error|Incorrect Data Type)' \d+",
    "a refused value makes no entry (RTE 1.2, 3.3.2.3)":
        r"LMSGetValue cmi\.\S+\._count '' \| '(\d)' 0 \| '[1-9]' 0",
}  # fmt: skip
LATER = {
    "a success leaves no error behind (RTE 2004, 3.1.4)":
        r"(GetValue|Commit) \S* '' \| '(.*)' 0 \| '(\2|unknown|false|true|0|PT0S)' [1-9]\d\d",
    "what the launch did not give is not there (RTE 2004, 3.1.7.6, 403)":
        r"GetValue cmi\.(learner_name|learner_id|launch_data) '' \| '' 403 \| '' 0",
    "a request can be read (SN, 5.6.4)":
        r"GetValue adl\.nav\.request '' \| '.*' 0 \| '' 405",
    "without a sequencer nobody knows what is valid (SN, 5.6.5)":
        r"GetValue adl\.nav\.request_valid\.\S+ '' \| 'unknown' 0 \| 'false' 0",
    "an entry that is not there is a general failure (RTE 2004, 3.1.7.6, 301)":
        r"GetValue \S+\.n\.\S+ '' \| '' 301 \| '(|unknown)' (0|403|301)",
    "what is no element is none in an entry either (RTE 2004, 3.1.7.6, 401)":
        r"[GS]etValue cmi\.objectives\.(-1\.id|n\.nothing|n\.id) '.*' \| '(false)?' 401 \| '(false)?' (403|301|351)",
    "keywords speak of the element, not of an entry (RTE 2004, 4.1.1.3)":
        r"GetValue cmi\.objectives\.n\.score\._(children|count) '' \| '(scaled,raw,min,max|)' (0|301) \| '' (301|403)",
    "children have no order (RTE 2004, 4.1.1.3)":
        r"GetValue \S+\._children '' \| '([a-z_,]+)' 0 \| '[a-z_,]+' (0|[1-9]\d\d)",
    "a category is no element (RTE 2004, 4.1.1.1)":
        r"GetValue cmi '' \| '' 401 \| '\[object Object\]' \d+",
    "what only the LMS sets is read only in every entry (RTE 2004, 4.2.3; 4.3.1)":
        r"SetValue (adl\.data\.n\.id|cmi\.comments_from_lms\.n\.\w+) '.*' \| 'false' 404 \| 'false' 351",
    "buckets are those of the manifest (RTE 2004, 4.3.1)":
        r"SetValue adl\.data\.n\.store '.*' \| 'false' 351 \| '(true|false)' (0|406|408)",
    "the entries of a list follow one another, whatever else is wrong (RTE 2004, 3.1.7.4, 351)":
        r"SetValue \S+\.n\.\S+ '.*' \| 'false' 351 \| '(true|false)' (0|406|407|408)",
    "an entry has its id first, whatever the value (RTE 2004, 4.2.9; 4.2.17)":
        r"SetValue cmi\.(objectives|interactions)\.n\.\S+ '.*' \| 'false' 408 \| '(true|false)' (0|351|406|407)",
    "a string may be empty (RTE 2004, 4.1.1.7, characterstring)":
        r"SetValue cmi\.\S+ '' \| 'true' 0 \| 'false' 406",
    "hidden marks that are no delimiter are text (RTE 2004, 4.1.1.6)":
        r"SetValue cmi\.\S+\.(comment|description) '.*' \| 'true' 0 \| 'false' 406",
    "a language is one that there is (RTE 2004, 4.1.1.7, language_type)":
        r"SetValue cmi\.(\S+\.(comment|description)|learner_preference\.language) '.*' \| 'false' 406 \| 'true' 0",
    "a number has figures on one side of its point at least (RTE 2004, 4.1.1.7, real)":
        r"SetValue cmi\.\S+ '-?(\d+\.|\.\d+|\d+(\.\d+)?)' \| 'true' 0 \| 'false' 406",
    "a number is not endless (RTE 2004, 4.1.1.7, real)":
        r"SetValue cmi\.\S+ '\d{30,}\.\d' \| 'false' 406 \| '(true|false)' (0|407)",
    "captions are off, unchanged or on, and nothing else (RTE 2004, 4.2.12)":
        r"SetValue cmi\.learner_preference\.audio_captioning '[\d.-]+' \| 'false' 406 \| '(true|false)' (0|407)",
    "sound and speed have no upper end (RTE 2004, 4.2.12)":
        r"SetValue cmi\.learner_preference\.(audio_level|delivery_speed) '[\d.]+' \| 'true' 0 \| 'false' 407",
    "an identifier is a URI (RTE 2004, 4.1.1.7, long_identifier_type)":
        r"SetValue cmi\.\S+\.id '.*' \| 'false' 406 \| 'true' 0",
    "spans of time have no weeks, and fractions of seconds alone (RTE 2004, 4.1.1.7, timeinterval)":
        r"SetValue cmi\.(session_time|interactions\.n\.latency) 'P.*' \| 'false' 406 \| 'true' 0",
    "a point in time has hundredths at most, and a zone only behind them (RTE 2004, 4.1.1.7, time)":
        r"SetValue cmi\.\S+\.timestamp '\d.*' \| 'false' 406 \| 'true' 0",
    "a choice or a jump names its target (SN, 5.6.4)":
        r"SetValue adl\.nav\.request '(choice|jump|\{target=.*)' \| 'false' 406 \| 'true' 0",
    "answers have the format of their type (RTE 2004, 4.2.9.1)":
        r"SetValue cmi\.interactions\.n\.(\w+_response|\S+\.pattern) '.*' \| '(true|false)' (0|406) \| '(true|false)' (0|406|351)",
    "an interaction's id may change, unlike an objective's (RTE 2004, 4.2.9)":
        r"SetValue cmi\.interactions\.n\.id '.*' \| '(true|false)' (0|406) \| 'false' 351",
    "what is no identifier is not compared with the one there is (RTE 2004, 4.2.17)":
        r"SetValue cmi\.objectives\.n\.id '.*' \| 'false' 406 \| 'false' 351",
    "a refused value makes no entry (RTE 2004, 3.1.4.2)":
        r"GetValue (cmi|adl)\.\S+\._count '' \| '(\d)' 0 \| '[1-9]' \d+",
    "what nobody has set has no value (RTE 2004, 3.1.7.6, 403)":
        r"GetValue \S+ '' \| '' 403 \| '' 0",
}  # fmt: skip
ACCEPTED = {"1.2": OLD, "4th": LATER}

_READY = {edition: {name: re.compile(line) for name, line in table.items()} for edition, table in ACCEPTED.items()}


def reason(edition: str, line: str) -> str:
    """Say why a difference is accepted; nothing if it is not."""
    return next((name for name, pattern in _READY[edition].items() if pattern.fullmatch(line)), "")
